import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers with the part of a file that is asked for, as web servers do. */
export function sendRange(file: Uint8Array, { headers }: IncomingMessage, response: ServerResponse): void {
  const [start = 0, last = file.length - 1] = (/^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [])
    .slice(1)
    .map(Number);
  const end = Math.min(last + 1, file.length);
  response.writeHead(206, {
    etag: '"1"',
    'content-range': `bytes ${String(start)}-${String(end - 1)}/${String(file.length)}`,
  });
  response.end(file.subarray(start, end));
}
