import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { StoreUnderTestGetter } from '../object-store.contract.ts';
import { collect, inChunks, testBytes } from './test-bytes.ts';

const MEBIBYTE = 1024 * 1024;

/** Yields `bytes` and then waits for ever; `reached` resolves when it waits. */
function hangingBody(bytes: Uint8Array): { body: AsyncIterable<Uint8Array>; reached: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  async function* body(): AsyncGenerator<Uint8Array, void, void> {
    yield* inChunks(bytes);
    resolve();
    await new Promise<never>(() => undefined);
  }
  return { body: body(), reached: promise };
}

async function* failingBody(bytes: Uint8Array, error: Error): AsyncGenerator<Uint8Array, void, void> {
  yield* inChunks(bytes);
  throw error;
}

export function abortCases(get: StoreUnderTestGetter): void {
  async function expectNothing(key: string): Promise<void> {
    const { store, leftovers } = get();
    expect(await store.head(key)).toBeUndefined();
    expect(await collect(store.list(key))).toEqual([]);
    expect((await leftovers?.()) ?? []).toEqual([]);
  }

  // Less than one part of a multipart upload, and more.
  test.each([0, 1000, 12 * MEBIBYTE])(
    'an abort after %d bytes rejects with its reason, leaves nothing',
    async (size) => {
      const { store } = get();
      const key = `abort/put-${size}`;
      const stop = new AbortController();
      const reason = new Error('the visitor left');
      const { body, reached } = hangingBody(testBytes(size));
      const put = store.put(key, body, { signal: stop.signal });
      put.catch(() => undefined);
      await reached;
      stop.abort(reason);
      await expect(put).rejects.toBe(reason);
      await expectNothing(key);
    },
  );

  test.each([0, 1000, 12 * MEBIBYTE])('a body that fails after %d bytes rejects with its error', async (size) => {
    const { store } = get();
    const key = `abort/body-${size}`;
    const error = Object.assign(new Error('disk gone'), { code: 'ENOENT', syscall: 'read' });
    await expect(store.put(key, failingBody(testBytes(size), error))).rejects.toBe(error);
    await expectNothing(key);
  });

  test('a stream that is destroyed half-way rejects the put and leaves nothing', async () => {
    const { store } = get();
    const error = new Error('Request aborted');
    let pushed = 0;
    const body = new Readable({
      read() {
        pushed += 1;
        if (pushed <= 3) this.push(testBytes(70_000));
        else setImmediate(() => this.destroy(error));
      },
    });
    await expect(store.put('abort/stream', body)).rejects.toBe(error);
    await expectNothing('abort/stream');
  });

  test('an abort ends the stream that is the body', async () => {
    const { store } = get();
    const stop = new AbortController();
    const body = new Readable({ read: () => undefined });
    body.push(testBytes(1000));
    const put = store.put('abort/closes', body, { signal: stop.signal });
    put.catch(() => undefined);
    const closed = once(body, 'close');
    setTimeout(() => stop.abort(new Error('stop')), 20);
    await expect(put).rejects.toThrow('stop');
    await closed;
    expect(body.destroyed).toBe(true);
  });

  test('a failed put leaves the earlier object as it was', async () => {
    const { store } = get();
    const earlier = await store.put('abort/earlier', testBytes(5000), { contentType: 'image/webp' });
    await expect(store.put('abort/earlier', failingBody(testBytes(900, 2), new Error('no')))).rejects.toThrow('no');
    expect(await store.head('abort/earlier')).toEqual(earlier);
    expect((await buffer(await store.get('abort/earlier'))).equals(testBytes(5000))).toBe(true);
  });

  test('every call heeds a signal that is already aborted', async () => {
    const { store } = get();
    await store.put('abort/source', testBytes(10));
    const reason = new Error('already over');
    const options = { signal: AbortSignal.abort(reason) };
    await expect(store.put('abort/early', inChunks(testBytes(10)), options)).rejects.toBe(reason);
    await expect(store.put('abort/early', testBytes(10), options)).rejects.toBe(reason);
    await expect(store.get('abort/source', options)).rejects.toBe(reason);
    await expect(store.head('abort/source', options)).rejects.toBe(reason);
    await expect(store.delete(['abort/source'], options)).rejects.toBe(reason);
    await expect(store.compose('abort/early', [{ key: 'abort/source' }], options)).rejects.toBe(reason);
    await expectNothing('abort/early');
    expect(await store.head('abort/source')).toMatchObject({ bytes: 10 });
  });

  test('an abort fails a stream that is being read', async () => {
    const { store } = get();
    await store.put('abort/read', testBytes(9 * MEBIBYTE));
    const stop = new AbortController();
    const stream = await store.get('abort/read', { signal: stop.signal });
    await once(stream, 'readable');
    const reason = new Error('read no more');
    stop.abort(reason);
    await expect(buffer(stream)).rejects.toBe(reason);
  });
}
