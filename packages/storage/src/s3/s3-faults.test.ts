import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type {} from '../../../../tests/services/provided.ts';
import { codeOf, collect, inChunks, readAll, testBytes } from '../contract/test-bytes.ts';
import { startFaultProxy, type FaultProxy, type SeenRequest } from '../fault-proxy.ts';
import type { ObjectStore } from '../object-store.ts';
import { createS3Store, type MultipartSweeper } from './index.ts';

const MEBIBYTE = 1024 * 1024;
const LARGE = testBytes(12 * MEBIBYTE + 1);

const isPart = ({ method, url }: SeenRequest): boolean => method === 'PUT' && url.includes('partNumber=');
const isBegin = ({ method, url }: SeenRequest): boolean => method === 'POST' && url.includes('?uploads');
const isComplete = ({ method, url }: SeenRequest): boolean => method === 'POST' && url.includes('uploadId=');
const isDiscard = ({ method, url }: SeenRequest): boolean => method === 'DELETE' && url.includes('uploadId=');

describe('S3 store behind a faulty network', () => {
  let proxy: FaultProxy;
  let store: ObjectStore & MultipartSweeper;
  let hasty: ObjectStore;
  let direct: ObjectStore & MultipartSweeper;

  beforeAll(async () => {
    const s3 = inject('s3');
    proxy = await startFaultProxy({ target: s3.endpoint });
    const options = { ...s3, forcePathStyle: true, prefix: `faults/${randomUUID()}`, requestTimeoutMilliseconds: 1500 };
    direct = createS3Store(options);
    store = createS3Store({ ...options, endpoint: proxy.url });
    hasty = createS3Store({ ...options, endpoint: proxy.url, requestTimeoutMilliseconds: 200 });
    await direct.put('large', LARGE);
    await direct.put('small', testBytes(5000));
  });
  afterEach(async () => {
    proxy.mode('ok');
    expect(await direct.listMultiparts()).toEqual([]);
  });
  afterAll(async () => {
    await store.close();
    await hasty.close();
    await direct.close();
    await proxy.close();
  });

  /** Requests that the proxy sees while something runs. */
  async function seenDuring(run: () => Promise<unknown>): Promise<readonly SeenRequest[]> {
    const before = proxy.seen.length;
    await run();
    return proxy.seen.slice(before);
  }

  test('errors that pass are not noticed', async () => {
    const calls: (() => Promise<unknown>)[] = [
      () => store.ping(),
      () => store.put('passing', testBytes(100)),
      async () => expect((await readAll(store, 'small')).equals(testBytes(5000))).toBe(true),
      async () => expect(await store.head('small')).toMatchObject({ bytes: 5000 }),
      async () => expect(await collect(store.list('small'))).toHaveLength(1),
      () => store.put('passing', inChunks(LARGE)),
      () => store.compose('passing', [testBytes(3), { key: 'large' }]),
      () => store.delete(['passing']),
    ];
    for (const name of ['error500', 'refuse', 'lose'] as const) {
      for (const call of calls) {
        // The begin of a multipart upload would leave one behind if its answer were lost.
        proxy.mode(name, { times: 2, when: (request) => !isBegin(request) });
        await call();
      }
    }
  });

  test('errors that stay are STORE_UNAVAILABLE after several tries', async () => {
    proxy.mode('error500');
    const seen = await seenDuring(async () => {
      expect(await codeOf(store.get('small'))).toBe('STORE_UNAVAILABLE');
    });
    expect(seen.length).toBeGreaterThan(2);
    expect(await codeOf(store.ping())).toBe('STORE_UNAVAILABLE');
    expect(await codeOf(store.put('never', testBytes(10)))).toBe('STORE_UNAVAILABLE');
  });

  test('a refusal is STORE_UNAVAILABLE at once', async () => {
    proxy.mode('error403');
    const seen = await seenDuring(async () => {
      expect(await codeOf(store.get('small'))).toBe('STORE_UNAVAILABLE');
      expect(await codeOf(store.head('small'))).toBe('STORE_UNAVAILABLE');
    });
    expect(seen).toHaveLength(2);
  });

  test('a server that never answers is STORE_UNAVAILABLE by the deadline', async () => {
    proxy.mode('hang');
    expect(await codeOf(hasty.get('small'))).toBe('STORE_UNAVAILABLE');
    expect(await codeOf(hasty.put('never', testBytes(10)))).toBe('STORE_UNAVAILABLE');
  });

  test('one hanging request is replaced by another', async () => {
    proxy.mode('hang', { times: 1 });
    expect((await readAll(store, 'small')).equals(testBytes(5000))).toBe(true);
  });

  test('an abort does not wait for a server that hangs', async () => {
    proxy.mode('hang');
    const reason = new Error('enough');
    const stop = new AbortController();
    const call = store.get('small', { signal: stop.signal });
    setTimeout(() => stop.abort(reason), 30);
    await expect(call).rejects.toBe(reason);
  });

  test('a server that is not there, a bucket that is not there, wrong keys: STORE_UNAVAILABLE', async () => {
    const { endpoint, ...s3 } = inject('s3');
    const gone = await startFaultProxy({ target: endpoint });
    await gone.close();
    const base = { ...s3, forcePathStyle: true };
    const broken = [
      { ...base, endpoint: gone.url },
      { ...base, endpoint, bucket: `no-${randomUUID()}` },
      { ...base, endpoint, secretAccessKey: 'wrong' },
    ].map((options) => createS3Store(options));
    for (const each of broken) {
      expect(await codeOf(each.ping())).toBe('STORE_UNAVAILABLE');
      expect(await codeOf(each.get('small'))).toBe('STORE_UNAVAILABLE');
      await each.close();
    }
  });

  test.each([1, MEBIBYTE + 7])('a stream that is cut after %d bytes goes on by range', async (bytes) => {
    proxy.mode('cut', { bytes, times: 3 });
    const seen = await seenDuring(async () => {
      expect((await readAll(store, 'large')).equals(LARGE)).toBe(true);
    });
    expect(seen).toHaveLength(4);
  });

  test('a range that is cut goes on', async () => {
    proxy.mode('cut', { bytes: 100_000, times: 3 });
    const range = { start: 1_000_001, end: 9_000_000 };
    expect((await readAll(store, 'large', { range })).equals(LARGE.subarray(range.start, range.end))).toBe(true);
  });

  test('a stream that is cut again and again is STORE_CORRUPT', async () => {
    proxy.mode('cut', { bytes: 10 });
    expect(await codeOf(readAll(store, 'large'))).toBe('STORE_CORRUPT');
  });

  test('a stream that crawls is taken up again', async () => {
    proxy.mode('slow', { bytes: 2000, times: 2 });
    const seen = await seenDuring(async () => {
      expect((await readAll(store, 'large')).equals(LARGE)).toBe(true);
    });
    expect(seen.length).toBeGreaterThan(2);
  });

  test('an object that changes while a cut stream is read is STORE_CORRUPT, never a mixture', async () => {
    await direct.put('changing', testBytes(2 * MEBIBYTE));
    proxy.mode('cut', { bytes: MEBIBYTE, times: 1 });
    const stream = await store.get('changing');
    await direct.put('changing', testBytes(2 * MEBIBYTE, 99));
    expect(await codeOf(buffer(stream))).toBe('STORE_CORRUPT');
  });

  test.each(['small', 'large'])('a flipped bit of the %s object is STORE_CORRUPT', async (key) => {
    proxy.mode('flip', { bytes: 4321 });
    expect(await codeOf(readAll(store, key))).toBe('STORE_CORRUPT');
  });

  test('parts that can not be stored leave no upload, even if the discard fails at first', async () => {
    proxy.mode('error500', { when: isPart });
    expect(await codeOf(store.put('never', inChunks(LARGE)))).toBe('STORE_UNAVAILABLE');
    expect(await direct.listMultiparts()).toEqual([]);
    const parts = [{ key: 'large' }, { key: 'large', range: { start: 1, end: 10 * MEBIBYTE } }];
    expect(await codeOf(store.compose('never', parts))).toBe('STORE_UNAVAILABLE');
    expect(await direct.listMultiparts()).toEqual([]);
    proxy.mode('error500', { times: 3, when: isDiscard });
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield* inChunks(LARGE);
      throw new Error('the disk is gone');
    };
    await expect(store.put('never', failing())).rejects.toThrow('the disk is gone');
    expect(await direct.head('never')).toBeUndefined();
  });

  test('a source that vanishes during a compose is NOT_FOUND and leaves no upload', async () => {
    await direct.put('vanishing', LARGE);
    proxy.mode('hang', { times: 1, when: isBegin });
    const before = proxy.seen.length;
    const composed = codeOf(store.compose('never', [{ key: 'vanishing' }, { key: 'large' }]));
    await expect.poll(() => proxy.seen.slice(before).some(isBegin), { timeout: 5000, interval: 5 }).toBe(true);
    await direct.delete(['vanishing']);
    expect(await composed).toBe('NOT_FOUND');
    expect(await direct.head('never')).toBeUndefined();
  });

  test('a completion whose answer is lost still counts', async () => {
    proxy.mode('lose', { times: 1, when: isComplete });
    expect(await store.put('completed', inChunks(LARGE))).toEqual(await direct.head('completed'));
    expect((await readAll(direct, 'completed')).equals(LARGE)).toBe(true);
  });

  test('the sweeper removes old unfinished uploads only', async () => {
    proxy.mode('lose', { times: 1, when: isBegin });
    await store.put('orphaned', inChunks(LARGE));
    const left = await direct.listMultiparts();
    expect(left.map(({ key }) => key)).toEqual(['orphaned']);
    expect(await direct.sweepMultiparts(3600)).toBe(0);
    expect(await direct.sweepMultiparts(-5)).toBe(1);
    expect(await direct.listMultiparts()).toEqual([]);
    expect((await readAll(direct, 'orphaned')).equals(LARGE)).toBe(true);
  });
});
