/**
 * A connection service file (PostgreSQL documentation, "The Connection Service File") with one service, `tessera`: so
 * that `pg_dump` is told a password in a file and not on its command line.
 */
export function serviceFile(address: string, caFile: string | undefined): string {
  const url = new URL(address);
  const host = url.searchParams.get('host') ?? url.hostname.replace(/^\[|\]$/g, '');
  const settings: Record<string, string> = {
    ...Object.fromEntries([...url.searchParams].filter(([name]) => /^ssl(mode|rootcert|cert|key)$/.test(name))),
    host: decodeURIComponent(host),
    port: url.port === '' ? '5432' : url.port,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    dbname: decodeURIComponent(url.pathname.slice(1)),
    ...(caFile === undefined ? {} : { sslmode: 'verify-full', sslrootcert: caFile }),
  };
  const lines = Object.entries(settings)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`);
  return `[tessera]\n${lines.join('\n')}\n`;
}
