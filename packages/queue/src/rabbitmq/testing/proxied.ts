import { startTcpProxy, type TcpProxy } from '../../fault-proxy/tcp-proxy.ts';

/** A fault proxy before the broker of a URL, and the URL that leads through it. */
export async function proxied(url: string): Promise<{ readonly proxy: TcpProxy; readonly url: string }> {
  const direct = new URL(url);
  const proxy = await startTcpProxy({ host: direct.hostname, port: Number(direct.port || 5672) });
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(proxy.port);
  return { proxy, url: through.href };
}
