import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { httpRange, type FetchFunction, type HttpRangeOptions } from './http-range.ts';

const BYTES = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
const QUICK: HttpRangeOptions = { backoff: { firstMilliseconds: 1, maxMilliseconds: 1 }, timeoutMilliseconds: 2000 };
const plain: FetchFunction = (url, init) => fetch(url, init);
const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
});

/** Answers a range as it should be, with changes. */
function partial(request: IncomingMessage, response: ServerResponse, headers: Record<string, string> = {}): Uint8Array {
  const [start = 0, last = 0] =
    /(\d+)-(\d+)/
      .exec(request.headers.range ?? '')
      ?.slice(1)
      .map(Number) ?? [];
  const part = BYTES.subarray(start, last + 1);
  response.writeHead(206, {
    'content-range': `bytes ${start}-${start + part.length - 1}/${BYTES.length}`,
    'content-length': String(part.length),
    etag: '"1"',
    ...headers,
  });
  return part;
}

async function serve(answer: (request: IncomingMessage, response: ServerResponse, n: number) => void): Promise<string> {
  let n = 0;
  const server = createServer((request, response) => answer(request, response, (n += 1)));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/scene.tif`;
}

it('reads a range, and fewer bytes only at the end', async () => {
  const url = await serve((request, response) => response.end(partial(request, response)));
  const source = httpRange(plain, url, QUICK);
  expect(await source.read(10, 20)).toEqual(BYTES.slice(10, 30));
  expect(source.bytes).toBe(1000);
  expect(await source.read(990, 100)).toEqual(BYTES.slice(990));
  expect(await source.read(1000, 5)).toEqual(new Uint8Array());
});

it('tries again after errors that pass, broken bodies and closed connections', async () => {
  const url = await serve((request, response, n) => {
    if (n === 1) response.writeHead(503).end();
    else if (n === 2) request.socket.destroy();
    else if (n === 3) {
      const part = partial(request, response);
      response.write(part.subarray(0, 5), () => request.socket.destroy());
    } else response.end(partial(request, response));
  });
  expect(await httpRange(plain, url, QUICK).read(0, 100)).toEqual(BYTES.slice(0, 100));
});

it.each<[string, (request: IncomingMessage, response: ServerResponse, n: number) => void, number]>([
  ['a server that stays broken', (_request, response) => response.writeHead(500).end(), 4],
  ['a missing file', (_request, response) => response.writeHead(404).end(), 1],
  ['a server without ranges', (_request, response) => response.writeHead(200).end(BYTES), 1],
  ['no Content-Range', (_request, response) => response.writeHead(206).end('x'), 1],
  [
    'another range',
    (request, response) => response.end(partial(request, response, { 'content-range': 'bytes 0-99/1000' })),
    4,
  ],
  [
    'a compressed part',
    (request, response) => response.end(partial(request, response, { 'content-encoding': 'br' })),
    1,
  ],
  [
    'a longer part than announced',
    (request, response) => response.end(partial(request, response, { 'content-range': 'bytes 100-109/110' })),
    4,
  ],
])('%s is SCENE_UNAVAILABLE', async (_name, answer, requests) => {
  let seen = 0;
  const url = await serve((request, response, n) => {
    seen = n;
    answer(request, response, n);
  });
  await expect(httpRange(plain, url, QUICK).read(100, 100)).rejects.toMatchObject({ code: 'SCENE_UNAVAILABLE' });
  expect(seen).toBe(requests);
});

it('notices that the file has changed between two reads', async () => {
  const url = await serve((request, response, n) => response.end(partial(request, response, { etag: `"${n}"` })));
  const source = httpRange(plain, url, QUICK);
  await source.read(0, 10);
  await expect(source.read(10, 10)).rejects.toMatchObject({ code: 'SCENE_UNAVAILABLE', retryable: false });
});

it('tells no secrets of an address in what is logged', async () => {
  const url = await serve((_request, response) => response.writeHead(403).end());
  await expect(httpRange(plain, `${url}?X-Amz-Signature=secret`, QUICK).read(0, 10)).rejects.toMatchObject({
    code: 'SCENE_UNAVAILABLE',
    details: { reason: 'status 403', url },
  });
});

it('a known file does not end before its end', async () => {
  const url = await serve((_request, response) => response.writeHead(416).end());
  const known = { bytes: 1000, version: '"1"' };
  await expect(httpRange(plain, url, { ...QUICK, known }).read(0, 10)).rejects.toMatchObject({
    code: 'SCENE_UNAVAILABLE',
  });
});

it('stops with the reason of its signal', async () => {
  const url = await serve(() => undefined);
  const reason = new Error('enough');
  const stop = new AbortController();
  const read = httpRange(plain, url, QUICK).read(0, 10, stop.signal);
  stop.abort(reason);
  await expect(read).rejects.toBe(reason);
});

it('gives up on a server that never answers', async () => {
  const url = await serve(() => undefined);
  const source = httpRange(plain, url, { ...QUICK, tries: 2, timeoutMilliseconds: 50 });
  await expect(source.read(0, 10)).rejects.toMatchObject({ code: 'SCENE_UNAVAILABLE' });
});
