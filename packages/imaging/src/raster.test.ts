import { describe, expect, it } from 'vitest';
import { crop } from './crop.ts';
import { blockDigests } from './digest.ts';
import { bytesOf, createRaster, depthOf, isDeep, sampleMax } from './raster.ts';

describe('rasters of 8 and of 16 bits', () => {
  it('tells them apart', () => {
    expect([depthOf(createRaster(2, 1, 3)), depthOf(createRaster(2, 1, 3, 16))]).toEqual([8, 16]);
    expect(isDeep(createRaster(2, 1, 3, 8))).toBe(false);
    expect([sampleMax(8), sampleMax(16)]).toEqual([255, 65_535]);
  });

  it('keeps the depth of what is cut out', () => {
    const raster = createRaster(3, 2, 1, 16);
    raster.data.set([1, 2, 3, 256, 65_535, 6]);
    const cut = crop({ x: 10, y: 20, raster }, { x: 11, y: 20, width: 2, height: 2 });
    expect([...cut.data]).toEqual([2, 3, 65_535, 6]);
  });

  it('digests both bytes of a sample', () => {
    const raster = createRaster(600, 17, 2, 16);
    const before = blockDigests(raster);
    raster.data[raster.data.length - 1] = 256;
    const after = blockDigests(raster);
    expect(after.length).toBe(4 * 32);
    expect(after.subarray(0, 96)).toEqual(before.subarray(0, 96));
    expect(after.subarray(96)).not.toEqual(before.subarray(96));
    expect([...bytesOf(Uint16Array.of(258))]).toEqual([2, 1]);
  });
});
