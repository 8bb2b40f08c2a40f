import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@tessera/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { overriding } from '../../testing/overriding.ts';
import { pngPicture } from '../../testing/pictures.ts';
import { TestClient } from '../../testing/test-client.ts';
import { startTestParts, type TestParts } from '../../testing/test-parts.ts';
import { TestSite, until } from '../../testing/test-site.ts';
import { TusClient, base64 } from '../../testing/tus-client.ts';

let parts: TestParts;
let site: TestSite;
let tus: TusClient;

beforeAll(async () => {
  parts = await startTestParts();
  site = await TestSite.start(parts, {
    environment: {
      MAX_UPLOAD_BYTES: '100000',
      UPLOAD_STALL_SECONDS: '1',
      UPLOAD_MIN_BYTES_PER_SECOND: '100',
      RATE_LIMIT_UPLOAD_BYTES_PER_DAY: '10000000',
    },
  });
  tus = new TusClient(site.client);
});

afterAll(async () => {
  await site.close();
  await parts.close();
});

const picture = pngPicture(60, 40, 5);
const METADATA = `filename ${base64('a.png')}`;
const post = (headers: Record<string, string>) => tus.send('POST', '/api/v1/uploads', headers);

test('a client is told what is spoken here, and nothing is open to other sites', async () => {
  const { status, headers } = await site.client.fetch('/api/v1/uploads', {
    method: 'OPTIONS',
    headers: { origin: 'https://other.example', 'access-control-request-method': 'POST' },
  });
  expect([
    status,
    ...['tus-version', 'tus-resumable', 'tus-extension', 'tus-max-size'].map((name) => headers.get(name)),
  ]).toEqual([204, '1.0.0', '1.0.0', 'creation,creation-with-upload,termination,expiration', '100000']);
  const path = await tus.begin(picture.length);
  for (const answer of [
    { headers },
    await tus.create(5),
    await tus.send('HEAD', path, { origin: 'https://other.example' }),
    await tus.append(path, 7, picture),
  ]) {
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('tus-resumable')).toBe('1.0.0');
  }
  for (const method of ['PATCH', 'DELETE']) {
    const foreign = await tus.send(method, path, { 'sec-fetch-site': 'cross-site' });
    expect([method, foreign.status, foreign.body?.error?.code]).toEqual([method, 403, 'FORBIDDEN']);
  }
});

test.each([
  ['no length', { 'upload-metadata': METADATA }, 400, 'BAD_REQUEST'],
  ['a length that comes later', { 'upload-defer-length': '1', 'upload-metadata': METADATA }, 400, 'BAD_REQUEST'],
  ['a length that is none', { 'upload-length': '-1', 'upload-metadata': METADATA }, 400, 'BAD_REQUEST'],
  ['a length in words', { 'upload-length': '1e3', 'upload-metadata': METADATA }, 400, 'BAD_REQUEST'],
  ['a length above the limit', { 'upload-length': '100001', 'upload-metadata': METADATA }, 413, 'FILE_TOO_LARGE'],
  ['a length beyond numbers', { 'upload-length': '9'.repeat(15), 'upload-metadata': METADATA }, 413, 'FILE_TOO_LARGE'],
  ['no metadata', { 'upload-length': '5' }, 400, 'BAD_REQUEST'],
  [
    'metadata of any object',
    { 'upload-length': '5', 'upload-metadata': `${METADATA},__proto__ eA==` },
    400,
    'BAD_REQUEST',
  ],
  ['no name', { 'upload-length': '5', 'upload-metadata': `other ${base64('x')}` }, 400, 'BAD_REQUEST'],
  ['a name without a value', { 'upload-length': '5', 'upload-metadata': 'filename' }, 400, 'BAD_REQUEST'],
  ['metadata that is not base64', { 'upload-length': '5', 'upload-metadata': 'filename a b c' }, 400, 'BAD_REQUEST'],
  [
    'a part of a whole',
    { 'upload-length': '5', 'upload-metadata': METADATA, 'upload-concat': 'partial' },
    400,
    'BAD_REQUEST',
  ],
  [
    'another version',
    { 'upload-length': '5', 'upload-metadata': METADATA, 'tus-resumable': '0.2.2' },
    412,
    'BAD_REQUEST',
  ],
] as const)('an upload with %s is not begun', async (_what, headers, status, code) => {
  const answer = await post(headers);
  expect([answer.status, answer.body?.error?.code]).toEqual([status, code]);
  expect(answer.headers.get('location')).toBeNull();
  if (status === 412) expect(answer.headers.get('tus-version')).toBe('1.0.0');
});

test.each([
  ['../../../etc/passwd', 'passwd'],
  ['..\\..\\win.ini', 'win.ini'],
  ['a\r\nX-Injected: yes\0.png', 'aX-Injected_ yes.png'],
  ['\u202Egnp.exe', 'gnp.exe'],
  ['<img src=x onerror=alert(1)>.png', '_img src=x onerror=alert(1)_.png'],
  [`${'n'.repeat(7500)}.png`, `${'n'.repeat(116)}.png`],
  ['', 'image'],
])('a hostile name is made harmless: %#', async (given, name) => {
  const path = await tus.begin(picture.length, given === '' ? ' ' : given);
  const head = await tus.send('HEAD', path);
  expect(head.headers.get('upload-metadata')).toBe(`filename ${base64(name)}`);
  expect(head.headers.get('x-injected')).toBeNull();
  expect((await tus.append(path, 0, picture)).body).toMatchObject({ name });
  for (const key of await site.keys())
    expect(key).toMatch(/^(uploads\/[\w-]{22}|incoming\/[\w-]{44}\/\d{16}\.[\w-]{22})$/);
});

test('metadata besides the name are not kept', async () => {
  const { headers } = await post({
    'upload-length': '5',
    'upload-metadata': `${METADATA},contentType ${base64('text/html')},cacheControl ${base64('public')}`,
  });
  const head = await tus.send('HEAD', headers.get('location') ?? '');
  expect(head.headers.get('upload-metadata')).toBe(METADATA);
});

test('bytes are taken at the offset only, and no more than there are', async () => {
  const path = await tus.begin(picture.length);
  await tus.append(path, 0, picture.subarray(0, 50));
  for (const offset of [0, 49, 51, picture.length]) {
    const { status, body } = await tus.append(path, offset, picture.subarray(50, 60));
    expect([status, body?.error?.code]).toEqual([409, 'CONFLICT']);
  }
  const long = await tus.append(path, 50, picture);
  expect([long.status, long.body?.error?.code]).toEqual([413, 'FILE_TOO_LARGE']);
  const wrong = await tus.send('PATCH', path, { 'upload-offset': '50', 'content-type': 'image/png' }, picture);
  expect([wrong.status, wrong.body?.error?.code]).toEqual([400, 'BAD_REQUEST']);
  const none = await tus.send('PATCH', path, { 'content-type': 'application/offset+octet-stream' }, picture);
  expect([none.status, none.body?.error?.code]).toEqual([400, 'BAD_REQUEST']);
  expect(await tus.offset(path)).toBe(50);
  expect(await tus.append(path, 50, picture.subarray(50))).toMatchObject({ status: 200 });
});

test('a body without a length is taken to its end, and not beyond the file', async () => {
  const streamed = (bytes: Uint8Array): ReadableStream => new Blob([Uint8Array.from(bytes)]).stream();
  const path = await tus.begin(picture.length);
  expect(await tus.append(path, 0, streamed(picture.subarray(0, 30)))).toMatchObject({ status: 204 });
  const long = await tus.append(path, 30, streamed(picture));
  expect([long.status, long.body?.error?.code]).toEqual([413, 'FILE_TOO_LARGE']);
  const offset = await tus.offset(path);
  expect(await tus.append(path, offset, streamed(picture.subarray(offset)))).toMatchObject({ status: 200 });
});

test('another visitor does not find it', async () => {
  const path = await tus.begin(picture.length);
  await tus.append(path, 0, picture.subarray(0, 50));
  const other = new TusClient(new TestClient(site.url));
  for (const answer of [
    await other.send('HEAD', path),
    await other.append(path, 50, picture.subarray(50)),
    await other.send('DELETE', path),
    await other.image(path),
    await tus.send('HEAD', '/api/v1/uploads/unknown'),
    await tus.send('HEAD', `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`),
  ]) {
    expect(answer.status).toBe(404);
  }
  expect(await tus.append(path, 50, picture.subarray(50))).toMatchObject({ status: 200 });
});

test('an upload that is given up is gone', async () => {
  const path = await tus.begin(picture.length);
  await tus.append(path, 0, picture.subarray(0, 50));
  expect((await tus.send('DELETE', path)).status).toBe(204);
  expect((await site.keys('incoming/')).filter((key) => key.includes(path.split('/').at(-1) ?? ''))).toEqual([]);
  expect((await tus.send('HEAD', path)).status).toBe(410);
  for (const answer of [await tus.append(path, 50, picture.subarray(50)), await tus.image(path)]) {
    expect([answer.status, answer.body?.error?.code]).toEqual([410, 'UPLOAD_GONE']);
  }
});

test('an upload expires, and the sweeper leaves nothing of it', async () => {
  const other = await TestSite.start(parts, {
    environment: { KEEP_PARTIAL_UPLOADS_HOURS: '0.0005', SWEEP_SECONDS: '1' },
  });
  const client = new TusClient(other.client);
  const { headers } = await client.create(picture.length);
  const path = headers.get('location') ?? '';
  const expires = Date.parse(headers.get('upload-expires') ?? '');
  expect(Math.abs(expires - Date.now())).toBeLessThan(10_000);
  await client.append(path, 0, picture.subarray(0, 50));
  expect(await other.keys('incoming/')).toHaveLength(1);
  await until(async () => (await other.keys('incoming/')).length === 0);
  expect((await client.send('HEAD', path)).status).toBe(410);
  const late = await client.append(path, 50, picture.subarray(50));
  expect([late.status, late.body?.error?.code]).toEqual([410, 'UPLOAD_GONE']);
  expect((await client.image(path)).body?.error?.code).toBe('UPLOAD_GONE');
  await other.close();
});

test('a refusal is told as often as it is asked for, and nothing of the file is kept', async () => {
  const text = Buffer.from('this is no picture');
  const path = await tus.begin(text.length, 'a.png');
  const refused = await tus.append(path, 0, text);
  expect([refused.status, refused.body?.error?.code]).toEqual([415, 'UNSUPPORTED_FORMAT']);
  expect(refused.headers.get('upload-offset')).toBe(String(text.length));
  for (let times = 0; times < 2; times += 1) {
    const again = await tus.image(path);
    expect([again.status, again.body?.error?.code]).toEqual([415, 'UNSUPPORTED_FORMAT']);
  }
  expect(await tus.offset(path)).toBe(text.length);
  const id = path.split('/').at(-1) ?? '';
  expect((await site.keys()).filter((key) => key.includes(id.slice(0, 22)))).toEqual([]);
});

test('an object store or database that is away costs nothing but time', async () => {
  let away: string | undefined;
  const failing = (name: string, code: 'STORE_UNAVAILABLE' | 'DATABASE_UNAVAILABLE') => () =>
    away === name ? Promise.reject(new AppError(code)) : undefined;
  const other = await TestSite.start(parts, {
    wrapObjects: (objects) =>
      overriding(objects, {
        compose: (...given) => failing('compose', 'STORE_UNAVAILABLE')() ?? objects.compose(...given),
        put: (...given) => failing('put', 'STORE_UNAVAILABLE')() ?? objects.put(...given),
      }),
    wrapStore: (store) =>
      overriding(store, {
        insertImage: (image) => failing('insert', 'DATABASE_UNAVAILABLE')() ?? store.insertImage(image),
      }),
  });
  const client = new TusClient(other.client);
  const path = await client.begin(picture.length);
  away = 'put';
  const put = await client.append(path, 0, picture);
  expect([put.status, put.body?.error?.code, put.headers.get('retry-after')]).toEqual([503, 'STORE_UNAVAILABLE', '2']);
  expect(await client.offset(path)).toBe(0);
  away = 'compose';
  expect((await client.append(path, 0, picture)).body?.error?.code).toBe('STORE_UNAVAILABLE');
  expect(await client.offset(path)).toBe(picture.length);
  away = 'insert';
  expect((await client.image(path)).body?.error?.code).toBe('DATABASE_UNAVAILABLE');
  away = undefined;
  expect(await client.image(path)).toMatchObject({ status: 200, body: { bytes: picture.length } });
  expect(await other.keys('incoming/')).toEqual([]);
  expect(await other.scratchFiles()).toEqual([]);
  await other.close();
});

test('while a file is looked at for long, its client is told to ask again', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let probes = 0;
  const decoder = overriding(parts.decoder, {
    probe: async (...given) => {
      probes += 1;
      await promise;
      return parts.decoder.probe(...given);
    },
  });
  const other = await TestSite.start({ ...parts, decoder });
  const client = new TusClient(other.client);
  const path = await client.begin(picture.length);
  const sent = await client.append(path, 0, picture);
  expect([sent.status, sent.body, sent.headers.get('retry-after'), sent.headers.get('upload-offset')]).toEqual([
    202,
    { pending: true },
    '1',
    String(picture.length),
  ]);
  const asked = client.image(path);
  resolve(undefined);
  expect(await asked).toMatchObject({ status: 200, body: { bytes: picture.length } });
  expect(probes).toBe(1);
  await other.close();
});

test('the bytes of a day are counted as they arrive, and once', async () => {
  const other = await TestSite.start(parts, { environment: { RATE_LIMIT_UPLOAD_BYTES_PER_DAY: '2500' } });
  const client = new TusClient(other.client);
  const path = await client.begin(2000);
  // Refused ones bring nothing.
  for (let times = 0; times < 3; times += 1)
    expect((await client.append(path, 5, new Uint8Array(1900))).status).toBe(409);
  expect((await client.append(path, 0, new Uint8Array(1000))).status).toBe(204);
  expect((await client.append(path, 1000, new Uint8Array(500))).status).toBe(204);
  const second = await client.begin(2000);
  const { status, body } = await client.append(second, 0, new Uint8Array(2000));
  expect([status, body?.error?.code]).toEqual([429, 'QUOTA_EXCEEDED']);
  expect(await client.offset(second)).toBe(0);
  await other.close();
});

/** Begins to send bytes of an upload, and goes on when told. */
async function speak(path: string, offset: number, length: number) {
  const { hostname, port } = new URL(site.url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString('latin1')));
  socket.on('error', () => undefined);
  const ended = new Promise((resolve) => socket.once('close', resolve));
  socket.write(
    `PATCH ${path} HTTP/1.1\r\nHost: localhost\r\nCookie: ${site.client.cookie}\r\nTus-Resumable: 1.0.0\r\n` +
      `Upload-Offset: ${offset}\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: ${length}\r\n\r\n`,
  );
  await delay(50);
  return { socket, text: () => text, ended };
}

test('what arrived before a connection broke is kept', async () => {
  const path = await tus.begin(picture.length);
  const { socket, ended } = await speak(path, 0, picture.length);
  socket.write(picture.subarray(0, 77));
  await delay(100);
  socket.destroy();
  await ended;
  await until(async () => (await tus.offset(path)) === 77);
  expect(await tus.append(path, 77, picture.subarray(77))).toMatchObject({ status: 200 });
});

test('a client that comes back takes its upload over from a connection that it has lost', async () => {
  const path = await tus.begin(picture.length);
  const { socket, text } = await speak(path, 0, picture.length);
  socket.write(picture.subarray(0, 99));
  await delay(100);
  expect(await tus.offset(path)).toBe(99);
  await until(() => text().startsWith('HTTP/1.1 204'));
  expect(text()).toMatch(/Upload-Offset: 99\r\n/i);
  expect(text()).toMatch(/Connection: close\r\n/i);
  expect(await tus.append(path, 99, picture.subarray(99))).toMatchObject({ status: 200 });
  socket.destroy();
});

test('a sender that stalls is cut off, and keeps what it sent', async () => {
  const path = await tus.begin(picture.length);
  const { socket, ended } = await speak(path, 0, picture.length);
  socket.write(picture.subarray(0, 42));
  const begun = performance.now();
  await ended;
  expect(performance.now() - begun).toBeLessThan(5000);
  await until(async () => (await tus.offset(path)) === 42);
});

test('a master that stops stores what it has and sends its senders to another', async () => {
  const path = await tus.begin(picture.length);
  const { socket, text, ended } = await speak(path, 0, picture.length);
  socket.write(picture.subarray(0, 55));
  await delay(100);
  await site.close();
  await ended;
  expect(text()).toMatch(/^HTTP\/1\.1 204 [^]*upload-offset: 55\r\n/i);
  expect(await site.keys('incoming/')).toContainEqual(expect.stringContaining(path.split('/').at(-1) ?? ''));
});
