/** What a fetched file is called: by the header that says so, else by the last part of its path. */
export function remoteName(url: URL, disposition: string | undefined): string {
  return fromDisposition(disposition ?? '') ?? decoded(url.pathname.split('/').at(-1) ?? '');
}

/** `filename*` (RFC 8187, UTF-8 only) before `filename`. */
function fromDisposition(header: string): string | undefined {
  const extended = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(header)?.[1];
  if (extended !== undefined) return decoded(extended);
  const quoted = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(header)?.[1];
  if (quoted !== undefined) return quoted.replaceAll(/\\(.)/g, '$1');
  return /;\s*filename\s*=\s*([^;\s"]+)/i.exec(header)?.[1];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
