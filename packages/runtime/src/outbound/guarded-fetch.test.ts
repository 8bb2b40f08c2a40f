import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { AppError } from '../app-error.ts';
import { parseUrl } from './check-url.ts';
import { GuardedFetch } from './guarded-fetch.ts';

let server: Server;
let port: number;
let seen: string[] = [];
/** What the name resolves to; each question takes the next answer, and the last one for good. */
let answers: string[][];
let inside: (address: string) => boolean;

const pages: Record<string, (response: ServerResponse, request: IncomingMessage) => void> = {
  '/file': (response) => response.end('file'),
  '/moved': (response) => response.writeHead(302, { location: '/file' }).end(),
  '/to-metadata': (response) => response.writeHead(301, { location: 'http://169.254.169.254/latest' }).end(),
  '/to-port': (response) => response.writeHead(302, { location: 'http://scenes.example:22/' }).end(),
  '/with-name': (response) =>
    response.writeHead(302, { location: `http://me:secret@scenes.example:${port}/file` }).end(),
  '/around': (response) => response.writeHead(307, { location: '/around' }).end(),
  '/headers': (response) =>
    response.writeHead(200, { 'x-much': 'x'.repeat(15_000), 'x-more': 'x'.repeat(15_000) }).end(),
  '/silent': () => undefined,
};

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request.url ?? '');
    pages[request.url ?? '']?.(response, request);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen = [];
  answers = [['127.0.0.1']];
  inside = () => false;
});

function open(milliseconds?: number): GuardedFetch {
  return new GuardedFetch(
    {
      ports: [port],
      access: {
        resolve: () => Promise.resolve((answers.length > 1 ? answers.shift() : answers[0]) ?? []),
        isAllowed: (address) => address.startsWith('127.') && !inside(address),
      },
    },
    { milliseconds },
  );
}

async function ask(path: string, guarded = open()): Promise<string> {
  try {
    const signal = AbortSignal.timeout(20_000);
    const answer = await guarded.fetch(`http://scenes.example:${port}${path}`, { headers: {}, signal });
    return await answer.text();
  } catch (error) {
    return AppError.is(error) ? error.code : 'failed';
  } finally {
    await guarded.close();
  }
}

it('follows redirects, each of which is looked at anew', async () => {
  expect(await ask('/moved')).toBe('file');
  for (const path of ['/to-metadata', '/to-port', '/with-name'])
    expect([path, await ask(path)]).toEqual([path, 'URL_REFUSED']);
  expect(await ask('/around')).toBe('URL_UNREACHABLE');
  expect(seen.filter((path) => path === '/around')).toHaveLength(6);
});

it('connects to the addresses that were judged, whatever the name is said to be afterwards', async () => {
  answers = [['127.0.0.1'], ['10.0.0.1']];
  const guarded = open();
  const url = `http://scenes.example:${port}/file`;
  for (let n = 0; n < 3; n += 1) {
    const answer = await guarded.fetch(url, { headers: {}, signal: AbortSignal.timeout(20_000) });
    expect(await answer.text()).toBe('file');
  }
  await guarded.close();
  expect(answers).toHaveLength(1);
});

it('refuses a name as soon as one of its addresses is inside', async () => {
  answers = [['127.0.0.1', '10.0.0.1']];
  expect(await ask('/file')).toBe('URL_REFUSED');
  answers = [[]];
  expect(await ask('/file')).toBe('URL_UNREACHABLE');
  expect(seen).toEqual([]);
});

it('is not led from https to http', () => {
  const base = new URL('https://scenes.example/');
  expect(() => parseUrl('http://scenes.example/file', base, [80, 443])).toThrow('from https to http');
  expect(parseUrl('https://other.example/file', new URL('http://scenes.example/'), [80, 443]).protocol).toBe('https:');
});

it('gives up servers that are silent, and those with endless headers', async () => {
  expect(await ask('/silent', open(200))).toBe('failed');
  expect(await ask('/headers')).toBe('failed');
});
