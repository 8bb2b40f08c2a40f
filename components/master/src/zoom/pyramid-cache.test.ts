import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Decoder, Pyramid } from '@tessera/codec';
import { AppError, silentLogger } from '@tessera/runtime';
import { createMemoryStore } from '@tessera/storage/memory';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StoredPicture } from './picture.ts';
import { PyramidCache } from './pyramid-cache.ts';

/** A decoder whose work ends when a test says so. */
class SlowDecoder implements Pick<Decoder, 'makePyramid'> {
  readonly calls: { target: string; signal: AbortSignal; finish: () => void; fail: (error: Error) => void }[] = [];
  readonly makePyramid: Decoder['makePyramid'] = (_path, target, options) =>
    new Promise((resolve, reject) => {
      const { signal, onShare } = options ?? {};
      onShare?.(0.5);
      const pyramid: Pyramid = {
        path: target,
        width: 100,
        height: 100,
        channels: 1,
        levels: [],
        bytes: 1000,
        histogram: [],
      };
      const finish = (): void => void writeFile(target, 'pixels').then(() => resolve(pyramid));
      signal?.addEventListener('abort', () => reject(new AppError('CANCELLED')));
      this.calls.push({ target, signal: signal!, finish, fail: reject });
    });
}

const objects = createMemoryStore();
let folder: string;
let decoder: SlowDecoder;
let cache: PyramidCache;
let now: number;

const picture = (name: string): StoredPicture => ({
  key: `uploads/${name}`,
  bytes: 3,
  width: 100,
  height: 100,
  channels: 1,
});
const open = (quotaBytes = 10_000_000, builds = 1): void => {
  cache = new PyramidCache({ objects, decoder, quotaBytes, builds, logger: silentLogger(), now: () => now });
  cache.start(folder);
};
const acquire = (name: string, patience = 5000, signal = new AbortController().signal) =>
  cache.acquire(picture(name), { signal, patience });
const started = (count: number) => vi.waitFor(() => expect(decoder.calls).toHaveLength(count));
const made = async (name: string): Promise<void> => {
  const waiting = acquire(name);
  const before = decoder.calls.length;
  await started(before + 1);
  decoder.calls[before]?.finish();
  (await waiting).release();
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tessera-zoom-'));
  decoder = new SlowDecoder();
  now = 0;
  for (const name of ['a', 'b', 'c']) await objects.put(`uploads/${name}`, Buffer.from('abc'));
});
afterEach(async () => {
  await cache.close();
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

describe('PyramidCache', () => {
  it('makes one pyramid for all who ask, and tells how far it is', async () => {
    open();
    expect(cache.look(picture('a'))).toEqual({ share: 0, ready: false });
    const both = Promise.all([acquire('a'), acquire('a')]);
    await started(1);
    expect(cache.look(picture('a')).share).toBeCloseTo(0.15 + 0.85 * 0.5);
    expect(cache.find(picture('a'))).toBeUndefined();
    decoder.calls[0]?.finish();
    await both;
    expect(cache.look(picture('a'))).toEqual({ share: 1, ready: true });
    expect(cache.find(picture('a'))?.pyramid.bytes).toBe(1000);
    expect(cache.bytes).toBe(1000);
    expect(decoder.calls).toHaveLength(1);
  });

  it('makes only so many at one time', async () => {
    open(undefined, 1);
    const first = acquire('a');
    const second = acquire('b');
    await started(1);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(decoder.calls).toHaveLength(1);
    decoder.calls[0]?.finish();
    await first;
    await started(2);
    decoder.calls[1]?.finish();
    await second;
  });

  it('says that it is not ready to those without patience, and goes on', async () => {
    open();
    await expect(acquire('a', 10)).rejects.toMatchObject({ code: 'NOT_READY' });
    await started(1);
    expect(decoder.calls[0]?.signal.aborted).toBe(false);
  });

  it('removes the longest unused for room, never what somebody reads', async () => {
    // A build of such a picture may take 282 147 bytes; what is made takes 1000.
    open(283_500);
    await made('a');
    await made('b');
    const lease = await acquire('a');
    await made('c');
    expect(cache.find(picture('b'))).toBeUndefined();
    expect(cache.find(picture('a'))).toBeDefined();
    lease.release();
    await cache.close();
    await mkdir(folder);
    open(283_000);
    await made('a');
    const reader = await acquire('a');
    await expect(acquire('b')).rejects.toMatchObject({ code: 'SCRATCH_FULL' });
    reader.release();
  });

  it('gives up what nobody asks for any more, and begins again when somebody does', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    open();
    cache.look(picture('a'));
    await started(1);
    now = 11_000;
    vi.advanceTimersByTime(2000);
    expect(decoder.calls[0]?.signal.aborted).toBe(false);
    now = 13_000;
    vi.advanceTimersByTime(2000);
    expect(decoder.calls[0]?.signal.aborted).toBe(true);
    cache.look(picture('a'));
    await started(2);
  });

  it('keeps on while somebody waits, however long', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    open();
    const waiting = acquire('a', 60_000);
    await started(1);
    now = 50_000;
    vi.advanceTimersByTime(2000);
    decoder.calls[0]?.finish();
    await expect(waiting).resolves.toBeDefined();
  });

  it('removes what was not looked at for an hour', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    open();
    await made('a');
    now = 3_700_000;
    vi.advanceTimersByTime(2000);
    expect(cache.bytes).toBe(0);
    await vi.waitFor(async () => expect(await readdir(folder)).toEqual([]));
  });

  it('tells a failure for a while, then tries again', async () => {
    open();
    const waiting = acquire('a');
    await started(1);
    decoder.calls[0]?.fail(new AppError('CORRUPT_IMAGE'));
    await expect(waiting).rejects.toMatchObject({ code: 'CORRUPT_IMAGE' });
    expect(() => cache.look(picture('a'))).toThrow(expect.objectContaining({ code: 'CORRUPT_IMAGE' }));
    now = 16_000;
    expect(cache.look(picture('a'))).toEqual({ share: 0, ready: false });
    await started(2);
    expect((await readdir(folder)).filter((name) => name.startsWith('1.'))).toEqual([]);
  });

  it('lets a caller go, and removes everything at its end', async () => {
    open();
    const stop = new AbortController();
    const waiting = acquire('a', 5000, stop.signal);
    await started(1);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    await cache.close();
    expect(decoder.calls[0]?.signal.aborted).toBe(true);
    await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
