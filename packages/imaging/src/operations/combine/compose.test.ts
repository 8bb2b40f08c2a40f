import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRaster, type Raster } from '../../raster.ts';
import { loadKernels } from '../../simd/kernels.ts';
import { MODES } from './blend-modes.ts';
import { compose } from './compose.ts';

/** Levels of which many are the ends of the range, where arithmetic is cut off. */
const level = fc.oneof(fc.constantFrom(0, 1, 127, 128, 254, 255), fc.integer({ min: 0, max: 255 }));

const pair = fc
  .record({
    width: fc.integer({ min: 1, max: 23 }),
    height: fc.integer({ min: 1, max: 3 }),
    channels: fc.integer({ min: 1, max: 4 }),
    layers: fc.integer({ min: 3, max: 4 }),
    opacity: fc.constantFrom(0, 0.004, 0.5, 1),
  })
  .chain((shape) => {
    const samples = (channels: number): fc.Arbitrary<Uint8Array> =>
      fc
        .array(level, {
          minLength: shape.width * shape.height * channels,
          maxLength: shape.width * shape.height * channels,
        })
        .map((levels) => Uint8Array.from(levels));
    return fc.record({ shape: fc.constant(shape), below: samples(shape.channels), above: samples(shape.layers) });
  });

describe('laying one picture over another', () => {
  it.each(MODES)('law: vectors and plain arithmetic agree to the bit, %s', (mode) => {
    const kernels = loadKernels();
    expect(kernels).not.toBeNull();
    fc.assert(
      fc.property(pair, ({ shape: { width, height, channels, layers, opacity }, below, above }) => {
        const picture: Raster = { width, height, channels, data: below };
        const layer = (): Raster => ({ width, height, channels: layers, data: above });
        const region = { x: 3, y: 5, width, height };
        const overlay = { layer, mode, opacity };
        expect(compose(picture, region, overlay, kernels)).toEqual(compose(picture, region, overlay, null));
      }),
    );
  });

  it('vectors mix every two levels as the scalar form does', () => {
    const picture = createRaster(512, 128, 3);
    const above = createRaster(512, 128, 4);
    for (let n = 0; n < 65_536; n++) {
      picture.data.fill(n >> 8, 3 * n, 3 * n + 3);
      above.data.fill(n & 255, 4 * n, 4 * n + 3);
      above.data[4 * n + 3] = n % 3 === 0 ? 255 : n % 251;
    }
    const region = { x: 0, y: 0, width: 512, height: 128 };
    for (const mode of MODES) {
      const overlay = { layer: () => above, mode, opacity: 1 };
      expect(compose(picture, region, overlay)).toEqual(compose(picture, region, overlay, null));
    }
  });
});
