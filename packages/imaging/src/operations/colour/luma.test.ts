import { describe, expect, it } from 'vitest';
import { createRaster } from '../../raster.ts';
import { lumaRaster, withLuma } from './luma.ts';

describe('the luma of colours', () => {
  it('leaves grays as they are, and gives them any other level', () => {
    const grays = createRaster(256, 1, 4);
    for (let level = 0; level < 256; level++) grays.data.set([level, level, level, 255 - level], 4 * level);
    const luma = lumaRaster(grays).data;
    expect([...luma]).toEqual(Array.from({ length: 256 }, (_, level) => level));
    expect(withLuma(grays, luma)).toEqual(grays);
    const inverted = withLuma(grays, luma.toReversed());
    expect([...inverted.data.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
    expect([...inverted.data.subarray(40, 44)]).toEqual([245, 245, 245, 245]);
  });
});
