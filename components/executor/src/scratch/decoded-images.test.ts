import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DecodedRaster, DecodedRows, RowBlocks, RowsRequest } from '@tessera/codec';
import type { ImageRef } from '@tessera/contracts';
import { AppError, silentLogger } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import { createMemoryStore } from '@tessera/storage/memory';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DecodedImages } from './decoded-images.ts';

const PICTURE = { width: 100, height: 10, channels: 1 };
const ALL = { top: 0, bottom: 10 };
const BYTES = new Uint8Array(24).fill(7);
/** Bytes that one image is counted with: its pixels and its file. */
const COST = 1000 + BYTES.length;
const never = new AbortController().signal;

describe('DecodedImages', () => {
  let folder: string;
  let objects: ObjectStore;
  let decodes: string[];
  /** Blocks that were decoded, `first-last`. */
  let pieces: string[];
  let blocks: RowBlocks | undefined;
  let gate: Promise<void>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tessera-images-'));
    objects = createMemoryStore();
    decodes = [];
    pieces = [];
    blocks = undefined;
    gate = Promise.resolve();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const image = async (id: string, sha256?: string): Promise<ImageRef> => {
    await objects.put(`uploads/${id}`, BYTES);
    return {
      id,
      key: `uploads/${id}`,
      bytes: BYTES.length,
      sha256: sha256 ?? createHash('sha256').update(BYTES).digest('hex'),
      format: 'png',
    };
  };

  const create = (images: number): DecodedImages => {
    const decode = async (path: string, target: string, options?: { signal?: AbortSignal }): Promise<DecodedRaster> => {
      decodes.push(path);
      await gate;
      options?.signal?.throwIfAborted();
      await writeFile(target, 'pixels');
      return { path: target, ...PICTURE, depth: 8, offset: 0 };
    };
    const decodeRows = async ({ first, last }: RowsRequest): Promise<DecodedRows> => {
      pieces.push(`${first}-${last}`);
      await gate;
      return { channels: 1, depth: 8 };
    };
    const findRowBlocks = () => Promise.resolve(blocks);
    return new DecodedImages({
      objects,
      decoder: { decode, findRowBlocks, decodeRows },
      folder,
      quotaBytes: images * COST,
      logger: silentLogger(),
    });
  };

  it('decodes once for all who ask, at one time or later', async () => {
    const images = create(2);
    const ref = await image('a');
    const leases = await Promise.all([1, 2, 3].map(() => images.acquire(ref, PICTURE, ALL, never)));
    for (const lease of leases) lease.release();
    (await images.acquire(ref, PICTURE, ALL, never)).release();
    expect(decodes).toHaveLength(1);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('drops the longest unused image when the quota is full, and never one that is read', async () => {
    const images = create(2);
    const [a, b, c, d] = await Promise.all(['a', 'b', 'c', 'd'].map((id) => image(id)));
    const held = await images.acquire(a!, PICTURE, ALL, never);
    (await images.acquire(b!, PICTURE, ALL, never)).release();
    const other = await images.acquire(c!, PICTURE, ALL, never);
    await expect(images.acquire(d!, PICTURE, ALL, never)).rejects.toMatchObject({ code: 'SCRATCH_FULL' });
    expect(images.bytes).toBe(2 * COST);
    held.release();
    other.release();
    (await images.acquire(d!, PICTURE, ALL, never)).release();
    (await images.acquire(c!, PICTURE, ALL, never)).release();
    expect(decodes).toHaveLength(4);
  });

  it('goes on decoding while one of two waits, and stops when nobody does', async () => {
    const images = create(2);
    const open = Promise.withResolvers<void>();
    gate = open.promise;
    const ref = await image('a');
    const [first, second] = [new AbortController(), new AbortController()];
    const one = images.acquire(ref, PICTURE, ALL, first.signal);
    const two = images.acquire(ref, PICTURE, ALL, second.signal);
    first.abort();
    await expect(one).rejects.toMatchObject({ code: 'CANCELLED' });
    second.abort();
    await expect(two).rejects.toMatchObject({ code: 'CANCELLED' });
    open.resolve();
    await expect.poll(() => images.bytes).toBe(0);
    (await images.acquire(ref, PICTURE, ALL, never)).release();
    expect(images.bytes).toBe(COST);
  });

  describe('of a file that can be cut', () => {
    beforeEach(() => {
      blocks = { kind: 'tiff', width: 100, height: 10, rows: 2, context: 0, pieces: 1, tiled: false };
    });

    it('decodes each block once, those that lie together in one go', async () => {
      const images = create(2);
      const ref = await image('a');
      const ask = (top: number, bottom: number) => images.acquire(ref, PICTURE, { top, bottom }, never);
      const leases = await Promise.all([ask(0, 4), ask(3, 7), ask(5, 6)]);
      expect(pieces).toEqual(['0-2', '2-4']);
      leases.push(await ask(0, 10), await ask(9, 10));
      expect(pieces).toEqual(['0-2', '2-4', '4-5']);
      expect(decodes).toEqual([]);
      expect(images.bytes).toBe(COST);
      for (const lease of leases) lease.release();
      (await images.acquire(await image('b'), PICTURE, ALL, never)).release();
      (await images.acquire(await image('c'), PICTURE, ALL, never)).release();
      await expect.poll(() => readdir(folder)).toHaveLength(2);
    });

    it('decodes all of it at once for the first who needs all', async () => {
      const images = create(2);
      const ref = await image('a');
      (await images.acquire(ref, PICTURE, ALL, never)).release();
      (await images.acquire(ref, PICTURE, { top: 2, bottom: 4 }, never)).release();
      expect(decodes).toHaveLength(1);
      expect(pieces).toEqual([]);
    });

    it('asks again for blocks that failed', async () => {
      const images = create(2);
      const ref = await image('a');
      gate = Promise.reject(new AppError('DECODER_CRASHED'));
      gate.catch(() => undefined);
      const ask = () => images.acquire(ref, PICTURE, { top: 2, bottom: 6 }, never);
      await expect(ask()).rejects.toMatchObject({ code: 'DECODER_CRASHED' });
      gate = Promise.resolve();
      (await ask()).release();
      expect(pieces).toEqual(['1-3', '1-3']);
    });
  });

  it('tells a missing source and one with other bytes', async () => {
    const images = create(2);
    const gone = { ...(await image('a')), key: 'uploads/gone' };
    await expect(images.acquire(gone, PICTURE, ALL, never)).rejects.toMatchObject({ code: 'SOURCE_MISSING' });
    const other = await image('b', '0'.repeat(64));
    await expect(images.acquire(other, PICTURE, ALL, never)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    expect(images.bytes).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });
});
