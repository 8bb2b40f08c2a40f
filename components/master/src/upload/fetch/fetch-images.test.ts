import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { ImageDto } from '@tessera/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FileServer } from '../../testing/file-server.ts';
import { pngPicture } from '../../testing/pictures.ts';
import { startTestParts, type TestParts } from '../../testing/test-parts.ts';
import { TestSite, until } from '../../testing/test-site.ts';

const picture = pngPicture(40, 30, 7);
const sha256 = createHash('sha256').update(picture).digest('hex');
const MAX = 200_000;

let parts: TestParts;
let site: TestSite;
let server: FileServer;
/** What names resolve to; each question takes the next of its answers, and the last one for good. */
let names: Record<string, string[][]>;
let asked: string[] = [];

/** Paths of the server, and what they answer. */
const pages: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  '/a.png': (_request, response) => response.end(picture),
  '/named': (_request, response) =>
    response
      .setHeader('content-disposition', `inline; filename="x.png"; filename*=UTF-8''..%2Fgr%C3%B6%C3%9Fe.png`)
      .end(picture),
  '/text': (_request, response) => response.setHeader('content-type', 'image/png').end('secrets of the network'),
  '/none': (_request, response) => response.writeHead(404).end('not here'),
  '/moved': (_request, response) => response.writeHead(302, { location: '/a.png' }).end(),
  '/inwards': (_request, response) => {
    inside = true;
    response.writeHead(302, { location: `http://127.0.0.1:${server.port}/a.png` }).end();
  },
  '/to-metadata': (_request, response) =>
    response.writeHead(301, { location: 'http://169.254.169.254/latest/meta-data/' }).end(),
  '/to-file': (_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/around': (_request, response) => response.writeHead(307, { location: '/around' }).end(),
  '/large': (_request, response) => response.writeHead(200, { 'content-length': String(MAX + 1) }).end(),
  '/endless': (_request, response) => {
    const write = (): void => {
      while (response.writable && response.write(Buffer.alloc(65_536)));
      if (response.writable) response.once('drain', write);
    };
    write();
  },
  '/cut': (_request, response) => {
    response.writeHead(200, { 'content-length': String(picture.length) });
    response.write(picture.subarray(0, 50), () => response.destroy());
  },
  '/silent': () => undefined,
  '/drip': (_request, response) => {
    const timer = setInterval(() => response.write('x'), 100);
    response.once('close', () => clearInterval(timer));
  },
  '/bomb': (_request, response) => {
    response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(20_000_000)));
  },
  '/packed': (_request, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(picture)),
};

beforeAll(async () => {
  parts = await startTestParts();
  server = await FileServer.start((request, response) => {
    const page = pages[new URL(request.url ?? '', 'http://x').pathname];
    if (page === undefined) response.writeHead(410).end();
    else page(request, response);
  });
  site = await TestSite.start(parts, {
    environment: {
      MAX_UPLOAD_BYTES: String(MAX),
      FETCH_PORTS: `80,443,${server.port}`,
      FETCH_SECONDS: '20',
      UPLOAD_STALL_SECONDS: '1',
      UPLOAD_MIN_BYTES_PER_SECOND: '100',
    },
    urls: {
      resolve: (host) => {
        asked.push(host);
        const answers = names[host];
        if (answers === undefined) return Promise.reject(new Error('ENOTFOUND'));
        return Promise.resolve((answers.length > 1 ? answers.shift() : answers[0]) ?? []);
      },
      // The server of this test stands for the public internet, but under its own address it is the inside.
      isAllowed: (address) => address === '127.0.0.1' && !inside,
    },
  });
});

/** Whether the server counts as the inside. */
let inside = false;

beforeEach(() => {
  names = { 'pictures.example': [['127.0.0.1']] };
  asked = [];
  inside = false;
  server.requests.length = 0;
});

afterAll(async () => {
  await site.close();
  await server.close();
  await parts.close();
});

const at = (path: string, host = 'pictures.example'): string => `http://${host}:${server.port}${path}`;

async function fetched(url: string) {
  const { status, body } = await site.client.post<ImageDto & { error?: { code: string; message: string } }>(
    '/api/v1/images/fetch',
    { url },
  );
  return { status, body, code: body.error?.code };
}

test('a picture from elsewhere is an image like any other', async () => {
  const { status, body } = await fetched(at('/a.png?size=large#top'));
  expect([status, body]).toEqual([
    201,
    {
      id: body.id,
      name: 'a.png',
      format: 'png',
      width: 40,
      height: 30,
      channels: 1,
      depth: 8,
      bytes: picture.length,
      sha256,
    },
  ]);
  expect((await site.client.json(`/api/v1/images/${body.id}`)).body).toEqual(body);
  const [request] = server.requests;
  expect(request?.url).toBe('/a.png?size=large');
  expect(Object.keys(request?.headers ?? {}).sort()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ]);
  expect([request?.headers['accept-encoding'], request?.headers.host]).toEqual([
    'identity',
    `pictures.example:${server.port}`,
  ]);
});

test('it is called what the server says, or by its path', async () => {
  expect((await fetched(at('/named'))).body.name).toBe('größe.png');
  expect((await fetched(at('/moved'))).body.name).toBe('a.png');
});

test.each([
  ['ftp', 'ftp://pictures.example/a.png', 400, 'BAD_REQUEST'],
  ['a file', 'file:///etc/passwd', 400, 'BAD_REQUEST'],
  ['no address', 'a.png', 400, 'BAD_REQUEST'],
  ['a very long one', `http://pictures.example/${'a'.repeat(3000)}`, 400, 'BAD_REQUEST'],
  ['a name and password', 'http://me:secret@pictures.example/a.png', 422, 'URL_REFUSED'],
  ['another port', 'http://pictures.example:22/', 422, 'URL_REFUSED'],
  ['a machine nearby', 'http://postgres/', 422, 'URL_REFUSED'],
  ['a local name', 'http://printer.local/', 422, 'URL_REFUSED'],
  ['localhost', 'http://localhost./', 422, 'URL_REFUSED'],
  ['metadata', 'http://169.254.169.254/latest/meta-data/', 422, 'URL_REFUSED'],
  ['loopback as a number', 'http://2130706434/', 422, 'URL_REFUSED'],
  ['loopback in IPv6', 'http://[::1]/', 422, 'URL_REFUSED'],
  ['loopback, mapped', 'http://[::ffff:127.0.0.2]/', 422, 'URL_REFUSED'],
  ['an unknown name', 'http://unknown.example/', 422, 'URL_UNREACHABLE'],
])('%s is refused, and nobody is asked for it', async (_what, url, status, code) => {
  expect(await fetched(url)).toMatchObject({ status, code });
  expect(server.requests).toEqual([]);
  expect(asked).toEqual(code === 'URL_UNREACHABLE' ? ['unknown.example'] : []);
});

test('a name with one address inside is refused, whatever the others are', async () => {
  names['pictures.example'] = [['127.0.0.1', '10.0.0.1']];
  expect(await fetched(at('/a.png'))).toMatchObject({ status: 422, code: 'URL_REFUSED' });
  names['pictures.example'] = [[]];
  expect(await fetched(at('/a.png'))).toMatchObject({ status: 422, code: 'URL_UNREACHABLE' });
  expect(server.requests).toEqual([]);
});

test('a name is resolved once: what it is said to be afterwards is never connected to', async () => {
  // Port 9 of 127.0.0.9 would refuse; the first answer leads to the picture.
  names['pictures.example'] = [['127.0.0.1'], ['127.0.0.9']];
  expect((await fetched(at('/a.png'))).status).toBe(201);
  expect(asked).toEqual(['pictures.example']);
  // The other way round: the good answer comes second, and is never asked for.
  names['pictures.example'] = [['127.0.0.9'], ['127.0.0.1']];
  expect(await fetched(at('/a.png'))).toMatchObject({ status: 422, code: 'URL_REFUSED' });
  expect(asked).toHaveLength(2);
});

test('each redirect is looked at anew', async () => {
  expect((await fetched(at('/moved'))).status).toBe(201);
  for (const path of ['/to-metadata', '/to-file']) {
    expect(await fetched(at(path))).toMatchObject({ status: 422, code: 'URL_REFUSED' });
  }
  // The name still leads to where it led, but by its address the same server is the inside.
  const seen = server.requests.length;
  expect(await fetched(at('/inwards'))).toMatchObject({ status: 422, code: 'URL_REFUSED' });
  expect(server.requests).toHaveLength(seen + 1);
});

test('redirects without end are given up', async () => {
  expect(await fetched(at('/around'))).toMatchObject({ status: 422, code: 'URL_UNREACHABLE' });
  expect(server.requests).toHaveLength(6);
});

test('what is no picture is refused, and nothing of it is told', async () => {
  const text = await fetched(at('/text'));
  expect(text).toMatchObject({ status: 415, code: 'UNSUPPORTED_FORMAT' });
  expect(JSON.stringify(text.body)).not.toContain('secrets');
  const none = await fetched(at('/none'));
  expect(none).toMatchObject({ status: 422, code: 'URL_UNREACHABLE' });
  expect(JSON.stringify(none.body)).not.toContain('not here');
});

test('nothing is unpacked', async () => {
  for (const path of ['/bomb', '/packed']) {
    expect(await fetched(at(path))).toMatchObject({ status: 415, code: 'UNSUPPORTED_FORMAT' });
  }
});

test('files above the limit are refused, whether they say so or not', async () => {
  for (const path of ['/large', '/endless']) {
    expect(await fetched(at(path))).toMatchObject({ status: 413, code: 'FILE_TOO_LARGE' });
  }
  await until(() => server.requests.at(-1)?.socket.destroyed === true);
});

test('servers that are silent, slow or stop are given up', async () => {
  const before = await site.keys();
  for (const path of ['/cut', '/silent', '/drip']) {
    const begun = performance.now();
    expect([path, await fetched(at(path))]).toMatchObject([path, { status: 422, code: 'URL_UNREACHABLE' }]);
    expect(performance.now() - begun).toBeLessThan(5000);
  }
  expect(await site.keys()).toEqual(before);
  expect(await site.scratchFiles()).toEqual([]);
});

test('a visitor has a few fetches at one time', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => fetched(at('/silent'))));
  expect(answers.map(({ code }) => code).sort()).toEqual([
    'RATE_LIMITED',
    'RATE_LIMITED',
    ...Array.from({ length: 4 }, () => 'URL_UNREACHABLE'),
  ]);
});

test('a site may leave it', async () => {
  const other = await TestSite.start(parts, { environment: { FETCH_URLS: 'false' } });
  const { status, body } = await other.client.post('/api/v1/images/fetch', { url: 'http://pictures.example/a.png' });
  expect([status, body.error.code]).toEqual([422, 'URL_REFUSED']);
  await other.close();
});
