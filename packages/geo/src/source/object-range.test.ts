import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createMemoryStore } from '@tessera/storage/memory';
import { createS3Store } from '@tessera/storage/s3';
import { expect, inject, it } from 'vitest';
import type {} from '../../../../tests/services/provided.ts';
import { openRaster } from '../open-raster.ts';
import { objectRange } from './object-range.ts';

const run = promisify(execFile);

/** A picture of 10 980² pixels as Sentinel-2's, of which only the window under test is not flat. */
const SCENE = `
import sys, numpy as np, rasterio
from rasterio.windows import Window
with rasterio.open(sys.argv[1], 'w', driver='GTiff', width=10980, height=10980, count=1, dtype='uint16', SPARSE_OK=True,
                   tiled=True, blockxsize=512, blockysize=512, compress='deflate', zlevel=1) as f:
    noise = np.random.default_rng(5).integers(0, 4096, (2048, 2048), dtype='uint16')
    f.write(noise, 1, window=Window(3584, 5120, 2048, 2048))
from osgeo import gdal
gdal.Translate(sys.argv[2], sys.argv[1], format='COG', creationOptions=['COMPRESS=DEFLATE', 'PREDICTOR=YES', 'LEVEL=1', 'OVERVIEWS=NONE', 'SPARSE_OK=YES'])
with rasterio.open(sys.argv[2]) as f:
    f.read(1, window=Window(4000, 5500, 1024, 1024)).tofile(sys.argv[3])
`;

it('a window of 1024² of a scene in S3 costs at most ten requests', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-scene-'));
  const store = createS3Store({ ...inject('s3'), forcePathStyle: true, prefix: `geo/${randomUUID()}` });
  try {
    const [plain = '', cog = '', raw = ''] = ['plain.tif', 'cog.tif', 'window.raw'].map((name) => join(folder, name));
    await run('/usr/bin/python3', ['-W', 'ignore', '-c', SCENE, plain, cog, raw]);
    await store.put('uploads/scene.tif', createReadStream(cog));
    const asked: { requests: number; bytes: number } = { requests: 0, bytes: 0 };
    const counted: Parameters<typeof objectRange>[0] = {
      head: (key, options) => {
        asked.requests += 1;
        return store.head(key, options);
      },
      get: (key, options) => {
        asked.requests += 1;
        asked.bytes += (options?.range?.end ?? 0) - (options?.range?.start ?? 0);
        return store.get(key, options);
      },
    };
    const raster = await openRaster(objectRange(counted, 'uploads/scene.tif'));
    expect(raster.facts).toMatchObject({ width: 10_980, height: 10_980, tile: { width: 512, height: 512 } });
    // For the size, and the header.
    expect(asked.requests).toBe(2);
    const { bands } = await raster.readWindow({ x: 4000, y: 5500, width: 1024, height: 1024 });
    const truth = await readFile(raw);
    expect(truth.equals(Buffer.from(bands[0]!.buffer))).toBe(true);
    expect(asked.requests).toBeLessThanOrEqual(10);
    // Nine tiles of at most 512 KB, and the header.
    expect(asked.bytes).toBeLessThan(9 * 512 * 1024);
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
});

it('what is not there is NOT_FOUND, and nothing is read behind the end', async () => {
  const store = createMemoryStore();
  await store.put('uploads/a', Uint8Array.of(1, 2, 3));
  expect(await objectRange(store, 'uploads/a').read(1, 10)).toEqual(Uint8Array.of(2, 3));
  expect(await objectRange(store, 'uploads/a').read(3, 10)).toEqual(new Uint8Array());
  await expect(objectRange(store, 'uploads/b').read(0, 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
