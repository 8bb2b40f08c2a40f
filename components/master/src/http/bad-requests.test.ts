import { afterAll, beforeAll, expect, test } from 'vitest';
import { END, fileHead, filePart, textPart, uploadHead, uploadOf } from '../testing/multipart.ts';
import { pngPicture } from '../testing/pictures.ts';
import { codeOf, rawRequest, statusOf } from '../testing/raw-request.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite, until } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;

beforeAll(async () => {
  parts = await startTestParts();
  site = await TestSite.start(parts, {
    environment: {
      MAX_UPLOAD_BYTES: '100000',
      MAX_FILES_PER_REQUEST: '3',
      UPLOAD_STALL_SECONDS: '1',
      UPLOAD_MIN_BYTES_PER_SECOND: '100',
      REQUEST_TIMEOUT_SECONDS: '1',
    },
  });
});

afterAll(async () => {
  await site.close();
  await parts.close();
});

const answerTo = (send: readonly (string | Uint8Array | number)[]) => rawRequest(site.url, { send });
const big = Buffer.alloc(60_000);

test('row 1: an empty body is a bad form', async () => {
  const answer = await answerTo([uploadHead('Content-Length: 0')]);
  expect([statusOf(answer), codeOf(answer)]).toEqual([400, 'BAD_MULTIPART']);
});

test('row 2: a form without a boundary is a bad form', async () => {
  const head = 'POST /api/v1/images HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n';
  for (const type of [
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'text/plain',
    'multipart/mixed; boundary=x',
  ]) {
    const answer = await answerTo([`${head}Content-Type: ${type}\r\nContent-Length: 5\r\n\r\nhello`]);
    expect([type, statusOf(answer), codeOf(answer)]).toEqual([type, 400, 'BAD_MULTIPART']);
  }
  const none = await answerTo([`${head}\r\n`]);
  expect([statusOf(none), codeOf(none)]).toEqual([400, 'BAD_MULTIPART']);
});

test('row 3: a form that stops early is a bad form', async () => {
  const body = Buffer.concat([
    filePart('a.png', pngPicture()),
    Buffer.from(fileHead('b.png')),
    pngPicture().subarray(0, 40),
  ]);
  const answer = await answerTo([uploadHead(`Content-Length: ${body.length}`), body]);
  expect([statusOf(answer), codeOf(answer)]).toEqual([400, 'BAD_MULTIPART']);
  await site.untilEmpty();
});

test('row 4: nothing is left of an upload whose sender goes away', async () => {
  const head = uploadHead('Content-Length: 90000');
  await rawRequest(site.url, {
    send: [head, filePart('whole.png', pngPicture()), fileHead('cut.png'), pngPicture(), big, 300],
    abort: true,
  });
  await until(() => site.log.some((line) => line.includes('"status":499')));
  await site.untilEmpty();
  expect((await site.client.json('/healthz')).status).toBe(200);
});

test('row 5: a body of two lengths is refused', async () => {
  const answer = await answerTo([uploadHead('Content-Length: 5\r\nTransfer-Encoding: chunked'), '0\r\n\r\n']);
  expect([statusOf(answer), codeOf(answer)]).toEqual([400, 'BAD_REQUEST']);
});

test('row 6: a file above the limit is refused before all of it was sent', async () => {
  const sent = [uploadHead('Content-Length: 250000'), fileHead('big.png'), big, 50, big, 50];
  const answer = await rawRequest(site.url, { send: sent });
  expect([statusOf(answer), codeOf(answer)]).toEqual([413, 'FILE_TOO_LARGE']);
  await site.untilEmpty();
});

test('row 6: a body that can hold no allowed upload is refused by its announced length', async () => {
  const answer = await answerTo([uploadHead('Content-Length: 5000000')]);
  expect([statusOf(answer), codeOf(answer)]).toEqual([413, 'FILE_TOO_LARGE']);
});

test('row 6: a file as large as the limit is not too large', async () => {
  const { status, body } = await site.client.upload(['random.png', Buffer.alloc(100_000)]);
  expect([status, body.error.code]).toEqual([415, 'UNSUPPORTED_FORMAT']);
});

test('row 7: too many files, other fields and texts are refused', async () => {
  const file = filePart('a.png', pngPicture());
  const cases = [
    ['TOO_MANY_FILES', uploadOf(file, file, file, file)],
    ['TOO_MANY_FILES', uploadOf(...Array.from({ length: 50 }, () => file))],
    ['UNEXPECTED_FIELD', uploadOf(filePart('a.png', pngPicture(), 'photo'))],
    ['UNEXPECTED_FIELD', uploadOf(textPart('image', 'a text'), file)],
    ['BAD_MULTIPART', uploadOf()],
  ] as const;
  for (const [code, request] of cases) {
    const answer = await rawRequest(site.url, request);
    expect([statusOf(answer), codeOf(answer)]).toEqual([400, code]);
  }
  await site.untilEmpty();
});

test('row 8: field names that would build objects are refused and build nothing', async () => {
  const names = [
    `a${'[b]'.repeat(50)}`,
    'n'.repeat(5000),
    'a[999999999]',
    '__proto__[polluted]',
    'constructor[prototype][polluted]',
  ];
  for (const name of names) {
    for (const part of [textPart(name, 'x'), filePart('a.png', pngPicture(), name)]) {
      const answer = await rawRequest(site.url, uploadOf(part));
      expect([statusOf(answer), codeOf(answer)]).toEqual([400, 'UNEXPECTED_FIELD']);
    }
  }
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

test('row 9: a name with a zero byte is a bad form', async () => {
  const answer = await rawRequest(site.url, uploadOf(filePart('a\0.png', pngPicture())));
  expect([statusOf(answer), codeOf(answer)]).toEqual([400, 'BAD_MULTIPART']);
});

test('row 10: an upload that crawls is ended', async () => {
  const drip = Array.from({ length: 40 }, () => ['x', 100]).flat();
  const answer = await answerTo([uploadHead('Content-Length: 90000'), fileHead('slow.png'), ...drip]);
  expect([statusOf(answer), codeOf(answer)]).toEqual([408, 'REQUEST_TIMEOUT']);
  await site.untilEmpty();
});

test('row 10: a slow upload that keeps the least speed is let through', async () => {
  const picture = pngPicture(64, 64);
  const pieces = Array.from({ length: 12 }, (_, i) => [picture.subarray(i * 40, (i + 1) * 40), 150]).flat();
  const body = filePart('slow.png', picture);
  const length = `Content-Length: ${body.length + END.length}`;
  const answer = await answerTo([
    uploadHead(length),
    fileHead('slow.png'),
    ...pieces,
    picture.subarray(480),
    '\r\n',
    END,
  ]);
  expect(statusOf(answer)).toBe(201);
});

test('row 10: a JSON body that does not arrive is given up', async () => {
  const head =
    'POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{';
  const answer = await answerTo([head]);
  expect([statusOf(answer), codeOf(answer)]).toEqual([408, 'REQUEST_TIMEOUT']);
});

test('what is no HTTP is answered and closed', async () => {
  const answer = await answerTo(['\x16\x03\x01 hello\r\n\r\n']);
  expect([statusOf(answer), codeOf(answer)]).toEqual([400, 'BAD_REQUEST']);
});

test('bodies that are no JSON, too large, or of another type are the fault of their sender', async () => {
  const post = (body: string, type = 'application/json') =>
    site.client.json('/api/v1/jobs', { method: 'POST', headers: { 'content-type': type }, body });
  expect((await post('{"images":')).body.error.code).toBe('BAD_REQUEST');
  expect((await post('"text"')).body.error.code).toBe('BAD_REQUEST');
  expect((await post('{}', 'text/plain')).body.error.code).toBe('BAD_REQUEST');
  const large = await post(JSON.stringify({ images: ['x'.repeat(300_000)] }));
  expect([large.status, large.body.error.code]).toEqual([413, 'FILE_TOO_LARGE']);
  expect((await site.client.json('/api/v1/jobs/%ff')).status).toBe(400);
});

test('errors tell a code, a sentence and an id, and nothing of the inside', async () => {
  const { status, headers, body } = await site.client.json('/api/v1/jobs/unknown');
  expect(status).toBe(404);
  expect(Object.keys(body.error).sort()).toEqual(['code', 'message', 'requestId']);
  expect(headers.get('x-request-id')).toBe(body.error.requestId);
  expect(headers.get('x-powered-by')).toBeNull();
  expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts\b|\\n/);
});
