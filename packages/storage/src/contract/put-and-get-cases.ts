import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StoreUnderTestGetter } from '../object-store.contract.ts';
import { codeOf, inChunks, readAll, testBytes } from './test-bytes.ts';

const ODD_KEYS = [
  'odd/with space.png',
  'odd/plus+and&and=and%20percent',
  'odd/ünïcödé/ñ',
  'odd/漢字/日本語',
  'odd/🛰️🌍.tif',
  'odd/it\'s(1)!~*;:@$,?#[x]^`{|}"<>',
  `odd/${'n'.repeat(200)}`,
  `odd/${'deep/'.repeat(60)}end`,
];

const FORBIDDEN_KEYS = [
  '',
  '/',
  '/absolute',
  'folder/',
  'a//b',
  '.',
  '..',
  '../outside',
  'a/../../outside',
  'a/./b',
  'a/.hidden',
  'back\\slash',
  'nul\0byte',
  'line\nbreak',
  'lone\ud800surrogate',
  'n'.repeat(201),
  'k/'.repeat(450) + 'k',
];

export function putAndGetCases(get: StoreUnderTestGetter): void {
  test('gives back what was put, with its facts', async () => {
    const { store } = get();
    const bytes = testBytes(100_000);
    const put = await store.put('put/plain', bytes, { contentType: 'image/png' });
    expect(put).toMatchObject({ key: 'put/plain', bytes: 100_000, contentType: 'image/png' });
    expect(put.etag).toMatch(/^"[^"]+"$/);
    expect(await store.head('put/plain')).toEqual(put);
    expect(bytes.equals(await readAll(store, 'put/plain'))).toBe(true);
  });

  test('stores an empty object', async () => {
    const { store } = get();
    expect(await store.put('put/empty', inChunks(Buffer.alloc(0)))).toMatchObject({ bytes: 0 });
    expect(await store.head('put/empty')).toMatchObject({ bytes: 0, contentType: 'application/octet-stream' });
    expect(await readAll(store, 'put/empty')).toHaveLength(0);
    expect(await readAll(store, 'put/empty', { range: { start: 0 } })).toHaveLength(0);
  });

  test('takes a stream of unknown length, empty chunks included', async () => {
    const { store } = get();
    const bytes = testBytes(300_001);
    async function* body(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(0);
      yield* inChunks(bytes, 7_919);
      yield Buffer.alloc(0);
    }
    expect(await store.put('put/stream', body())).toMatchObject({ bytes: 300_001 });
    expect(bytes.equals(await readAll(store, 'put/stream'))).toBe(true);
  });

  test('stores 12 MiB and 1 byte as it is', async () => {
    const { store } = get();
    const bytes = testBytes(12 * 1024 * 1024 + 1);
    const put = await store.put('put/large', inChunks(bytes), { contentType: 'image/tiff' });
    expect(put).toMatchObject({ bytes: bytes.length, contentType: 'image/tiff' });
    expect(await store.head('put/large')).toEqual(put);
    expect(bytes.equals(await readAll(store, 'put/large'))).toBe(true);
  });

  test('does not depend on the memory it was given', async () => {
    const { store } = get();
    const bytes = testBytes(1000);
    await store.put('put/own', bytes);
    bytes.fill(0);
    const read = await readAll(store, 'put/own');
    expect(read.equals(testBytes(1000))).toBe(true);
    read.fill(0);
    expect((await readAll(store, 'put/own')).equals(testBytes(1000))).toBe(true);
  });

  test.each(ODD_KEYS)('takes the key %j', async (key) => {
    const { store } = get();
    const bytes = Buffer.from(key);
    expect(await store.put(key, bytes)).toMatchObject({ key });
    expect(await store.head(key)).toMatchObject({ key, bytes: bytes.length });
    expect((await readAll(store, key)).equals(bytes)).toBe(true);
  });

  test.each(FORBIDDEN_KEYS)('refuses the key %j in every call', async (key) => {
    const { store } = get();
    const calls = [
      store.put(key, Buffer.from('x')),
      store.get(key),
      store.head(key),
      store.delete([key]),
      store.compose(key, []),
      store.compose('put/composed', [{ key }]),
    ];
    for (const call of calls) expect(await codeOf(call)).toBe('BAD_REQUEST');
  });

  test('says NOT_FOUND for what is not there', async () => {
    const { store } = get();
    expect(await store.head('missing/object')).toBeUndefined();
    expect(await codeOf(store.get('missing/object'))).toBe('NOT_FOUND');
    expect(await codeOf(store.get('missing/object', { range: { start: 1, end: 2 } }))).toBe('NOT_FOUND');
    expect(await codeOf(store.get('missing/object', { range: { start: 1, end: 1 } }))).toBe('NOT_FOUND');
  });

  test('reads any range', async () => {
    const { store } = get();
    const bytes = testBytes(5000);
    await store.put('put/ranges', bytes);
    expect(bytes.equals(await readAll(store, 'put/ranges', { range: { start: 0 } }))).toBe(true);
    const edge = fc.integer({ min: 0, max: 5000 });
    await fc.assert(
      fc.asyncProperty(edge, edge, fc.boolean(), async (a, b, open) => {
        const [start, end] = [Math.min(a, b), open ? undefined : Math.max(a, b)];
        const read = await readAll(store, 'put/ranges', { range: { start, end } });
        expect(read.equals(bytes.subarray(start, end))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    { start: 5001 },
    { start: 0, end: 5001 },
    { start: 4999, end: 6000 },
    { start: 9000, end: 9001 },
    { start: 5001, end: 5001 },
    { start: -1 },
    { start: 0.5 },
    { start: 3, end: 2 },
    { start: Number.NaN },
  ])('refuses the range %j of 5000 bytes', async (range) => {
    const { store } = get();
    await store.put('put/refused-ranges', testBytes(5000));
    expect(await codeOf(store.get('put/refused-ranges', { range }))).toBe('RANGE_NOT_SATISFIABLE');
  });

  test('replaces an object, its facts included', async () => {
    const { store } = get();
    const first = await store.put('put/again', testBytes(100), { contentType: 'image/png' });
    const second = await store.put('put/again', testBytes(200, 7));
    expect(second.etag).not.toBe(first.etag);
    expect(await store.head('put/again')).toEqual(second);
    expect(second).toMatchObject({ bytes: 200, contentType: 'application/octet-stream' });
  });

  test('keeps one whole object when several are put under one key at once', async () => {
    const { store } = get();
    const bodies = [1, 2, 3, 4, 5, 6].map((seed) => testBytes(50_000 + seed, seed));
    await Promise.all(bodies.map((bytes) => store.put('put/race', inChunks(bytes, 10_000))));
    const stored = await readAll(store, 'put/race');
    expect(bodies.some((bytes) => bytes.equals(stored))).toBe(true);
    expect(await store.head('put/race')).toMatchObject({ bytes: stored.length });
  });

  test('serves readers while an object is put again with equal bytes', async () => {
    const { store } = get();
    const bytes = testBytes(6 * 1024 * 1024);
    await store.put('put/rewritten', bytes);
    const stream = await store.get('put/rewritten');
    await once(stream, 'readable');
    await store.put('put/rewritten', bytes);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
  });

  test('lets a reader stop early', async () => {
    const { store } = get();
    await store.put('put/stopped', testBytes(3 * 1024 * 1024));
    const stream = await store.get('put/stopped');
    await once(stream, 'readable');
    stream.destroy();
    await once(stream, 'close');
    await sleep(5);
    expect(await store.head('put/stopped')).toMatchObject({ bytes: 3 * 1024 * 1024 });
  });

  test('answers ping', async () => {
    await expect(get().store.ping()).resolves.toBeUndefined();
  });
}
