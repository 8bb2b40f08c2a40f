import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type {} from '../../../../tests/services/provided.ts';
import { codeOf, testBytes } from '../contract/test-bytes.ts';
import type { ObjectStore } from '../object-store.ts';
import { createS3Store } from './index.ts';

let store: ObjectStore;

beforeAll(async () => {
  store = createS3Store({ ...inject('s3'), forcePathStyle: true, prefix: `presign/${randomUUID()}/` });
  await store.put('a +ü/result.png', testBytes(2000), { contentType: 'image/png' });
});
afterAll(() => store.close());

const urlOf = async (options: { expiresSeconds: number; contentDisposition?: string }): Promise<string> =>
  (await store.presign('a +ü/result.png', options)) ?? '';

test('anybody may read the object by its signed URL, whole or a range', async () => {
  const url = await urlOf({ expiresSeconds: 60, contentDisposition: 'attachment; filename="r e.png"' });
  const whole = await fetch(url);
  expect(whole.status).toBe(200);
  expect(whole.headers.get('content-type')).toBe('image/png');
  expect(whole.headers.get('content-disposition')).toBe('attachment; filename="r e.png"');
  expect(Buffer.from(await whole.arrayBuffer()).equals(testBytes(2000))).toBe(true);
  const piece = await fetch(url, { headers: { range: 'bytes=10-19' } });
  expect(piece.status).toBe(206);
  expect(Buffer.from(await piece.arrayBuffer()).equals(testBytes(2000).subarray(10, 20))).toBe(true);
});

test('a signed URL is for one object, for reading, and for its time', async () => {
  const url = await urlOf({ expiresSeconds: 60 });
  expect((await fetch(url.replace('result', 'resume'))).status).toBe(403);
  expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(403);
  expect((await fetch(`${url}&response-content-type=text%2Fhtml`)).status).toBe(403);
  const short = await urlOf({ expiresSeconds: 1 });
  await expect.poll(async () => (await fetch(short)).status, { timeout: 5000, interval: 200 }).toBe(403);
});

test.each([0, -1, 0.5, 604_801, Number.NaN])('refuses a life of %d seconds', async (expiresSeconds) => {
  expect(await codeOf(urlOf({ expiresSeconds }))).toBe('BAD_REQUEST');
});
