import { randomUUID } from 'node:crypto';
import { afterAll, expect, inject, test } from 'vitest';
import type {} from '../../../../tests/services/provided.ts';
import { collect, testBytes } from '../contract/test-bytes.ts';
import { createS3Store, type S3StoreOptions } from './index.ts';

const options = (more: Partial<S3StoreOptions>): S3StoreOptions => ({ ...inject('s3'), forcePathStyle: true, ...more });
const folder = `options/${randomUUID()}`;
const all = createS3Store(options({}));

afterAll(() => all.close());

test.each([folder, `${folder}/`])('objects lie under the prefix %j', async (prefix) => {
  const store = createS3Store(options({ prefix }));
  await store.put('a/b', testBytes(10));
  expect((await collect(store.list(''))).map(({ key }) => key)).toEqual(['a/b']);
  expect(await all.head(`${folder}/a/b`)).toMatchObject({ bytes: 10 });
  await store.close();
});

test('works with a server that knows no checksums', async () => {
  const store = createS3Store(options({ prefix: `${folder}-plain`, checksums: false }));
  const body = testBytes(9 * 1024 * 1024);
  await store.put(
    'x',
    (async function* () {
      await Promise.resolve();
      yield body;
    })(),
  );
  expect(Buffer.concat(await (await store.get('x')).toArray()).equals(body)).toBe(true);
  await store.close();
});

test('refuses options that can not work', () => {
  const invalid = expect.objectContaining({ code: 'INVALID_CONFIG' }) as Error;
  expect(() => createS3Store(options({ partBytes: 5 * 1024 * 1024 - 1 }))).toThrow(invalid);
  expect(() => createS3Store(options({ caFile: '/does/not/exist.pem' }))).toThrow(invalid);
  expect(() => createS3Store(options({ prefix: '../elsewhere' }))).toThrow(invalid);
});
