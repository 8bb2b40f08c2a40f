import { describe, expect, it } from 'vitest';
import { createRaster } from './raster.ts';
import { recycle, unwrittenRaster } from './spare-memory.ts';

describe('spare memory', () => {
  it('goes to the next raster of its size, once', () => {
    const raster = createRaster(300, 301, 3);
    recycle(raster);
    recycle(raster);
    const again = unwrittenRaster(301, 300, 3);
    expect(again).toMatchObject({ width: 301, height: 300, channels: 3 });
    expect(again.data.buffer === raster.data.buffer).toBe(true);
    expect(unwrittenRaster(301, 300, 3).data.buffer === raster.data.buffer).toBe(false);
  });

  it('is not taken while somebody still reads it', () => {
    const raster = createRaster(300, 302, 3);
    recycle(raster, createRaster(1, 1, 1), { data: raster.data.subarray(5, 9) });
    const part = { ...createRaster(100, 302, 3), data: raster.data.subarray(0, 100 * 302 * 3) };
    recycle(part);
    expect(unwrittenRaster(300, 302, 3).data.buffer === raster.data.buffer).toBe(false);
    expect(unwrittenRaster(100, 302, 3).data.buffer === raster.data.buffer).toBe(false);
  });

  it('serves samples of 16 bits as well', () => {
    const raster = createRaster(300, 304, 4);
    recycle(raster);
    const again = unwrittenRaster(300, 304, 2, 16);
    expect(again.data).toBeInstanceOf(Uint16Array);
    expect(again.data.length).toBe(300 * 304 * 2);
    expect(again.data.buffer === raster.data.buffer).toBe(true);
  });

  it('is bounded: what lies there longest goes first', () => {
    const rasters = Array.from({ length: 9 }, (_, n) => createRaster(1000, 500 + n, 3));
    for (const raster of rasters) recycle(raster);
    expect(unwrittenRaster(1000, 500, 3).data.buffer === rasters[0]!.data.buffer).toBe(false);
    expect(unwrittenRaster(1000, 501, 3).data.buffer === rasters[1]!.data.buffer).toBe(true);
    const large = Array.from({ length: 3 }, (_, n) => createRaster(10_000, 1000 + n, 3));
    for (const raster of large) recycle(raster);
    expect(unwrittenRaster(10_000, 1000, 3).data.buffer === large[0]!.data.buffer).toBe(false);
    expect(unwrittenRaster(10_000, 1002, 3).data.buffer === large[2]!.data.buffer).toBe(true);
    recycle(createRaster(10_000, 9000, 1));
    expect(unwrittenRaster(10_000, 1001, 3).data.buffer === large[1]!.data.buffer).toBe(true);
  });
});
