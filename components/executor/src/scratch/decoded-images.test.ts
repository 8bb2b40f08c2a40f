import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DecodedRaster } from '@tessera/codec';
import type { ImageRef } from '@tessera/contracts';
import { silentLogger } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import { createMemoryStore } from '@tessera/storage/memory';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DecodedImages } from './decoded-images.ts';

const PICTURE = { width: 100, height: 10, channels: 1 };
const BYTES = new Uint8Array(24).fill(7);
/** Bytes that one image is counted with: its pixels and its file. */
const COST = 1000 + BYTES.length;
const never = new AbortController().signal;

describe('DecodedImages', () => {
  let folder: string;
  let objects: ObjectStore;
  let decodes: string[];
  let gate: Promise<void>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tessera-images-'));
    objects = createMemoryStore();
    decodes = [];
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
      return { path: target, ...PICTURE, offset: 0 };
    };
    return new DecodedImages({
      objects,
      decoder: { decode },
      folder,
      quotaBytes: images * COST,
      logger: silentLogger(),
    });
  };

  it('decodes once for all who ask, at one time or later', async () => {
    const images = create(2);
    const ref = await image('a');
    const leases = await Promise.all([1, 2, 3].map(() => images.acquire(ref, PICTURE, never)));
    for (const lease of leases) lease.release();
    (await images.acquire(ref, PICTURE, never)).release();
    expect(decodes).toHaveLength(1);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('drops the longest unused image when the quota is full, and never one that is read', async () => {
    const images = create(2);
    const [a, b, c, d] = await Promise.all(['a', 'b', 'c', 'd'].map((id) => image(id)));
    const held = await images.acquire(a!, PICTURE, never);
    (await images.acquire(b!, PICTURE, never)).release();
    const other = await images.acquire(c!, PICTURE, never);
    await expect(images.acquire(d!, PICTURE, never)).rejects.toMatchObject({ code: 'SCRATCH_FULL' });
    expect(images.bytes).toBe(2 * COST);
    held.release();
    other.release();
    (await images.acquire(d!, PICTURE, never)).release();
    (await images.acquire(c!, PICTURE, never)).release();
    expect(decodes).toHaveLength(4);
  });

  it('goes on decoding while one of two waits, and stops when nobody does', async () => {
    const images = create(2);
    const open = Promise.withResolvers<void>();
    gate = open.promise;
    const ref = await image('a');
    const [first, second] = [new AbortController(), new AbortController()];
    const one = images.acquire(ref, PICTURE, first.signal);
    const two = images.acquire(ref, PICTURE, second.signal);
    first.abort();
    await expect(one).rejects.toMatchObject({ code: 'CANCELLED' });
    second.abort();
    await expect(two).rejects.toMatchObject({ code: 'CANCELLED' });
    open.resolve();
    await expect.poll(() => images.bytes).toBe(0);
    (await images.acquire(ref, PICTURE, never)).release();
    expect(images.bytes).toBe(COST);
  });

  it('tells a missing source and one with other bytes', async () => {
    const images = create(2);
    const gone = { ...(await image('a')), key: 'uploads/gone' };
    await expect(images.acquire(gone, PICTURE, never)).rejects.toMatchObject({ code: 'SOURCE_MISSING' });
    const other = await image('b', '0'.repeat(64));
    await expect(images.acquire(other, PICTURE, never)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    expect(images.bytes).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });
});
