import { describe, expect, it } from 'vitest';
import { planCog } from './cog-layout.ts';
import type { CogOptions } from './cog-options.ts';
import { seeCogs } from './oracle-fixture.ts';
import { levelDigests, makeRaster, writeCog } from './write-cog-fixture.ts';

const types = ['uint8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64'] as const;
const sides = [
  [1, 1],
  [15, 16],
  [16, 17],
  [17, 15],
  [511, 3],
  [512, 512],
  [513, 1],
  [1, 513],
  [1025, 40],
  [33, 1100],
  [700, 600],
] as const;

describe('a COG', () => {
  it('is valid and holds every sample of every level: types, compressions, predictors, interleaving, sizes', async () => {
    const cases: CogOptions[] = [];
    for (const type of types) {
      const isFloat = type.startsWith('float');
      const coded = isFloat ? ([1, 3] as const) : ([1, 2] as const);
      for (const compression of ['none', 'deflate', 'zstd', 'lzw'] as const) {
        for (const predictor of compression === 'none' ? ([1] as const) : coded) {
          for (const interleave of ['pixel', 'band'] as const) {
            const [width, height] = sides[cases.length % sides.length]!;
            const bands = 1 + (cases.length % 4);
            const tile = [16, 64, 256, 512][(cases.length >> 1) % 4]!;
            cases.push({
              width,
              height,
              type,
              bands,
              compression,
              predictor,
              interleave,
              tile,
              bigTiff: cases.length % 3 === 0 || 'auto',
            });
          }
        }
      }
    }
    const written = await Promise.all(
      cases.map(async (options, index) => {
        const layout = planCog(options);
        const raster = makeRaster(options, options.type, options.bands, { seed: index });
        return { file: await writeCog(layout, raster, 128 * 128), digests: levelDigests(layout, raster) };
      }),
    );
    const sights = await seeCogs(written.map(({ file }) => file));
    for (const [index, sight] of sights.entries()) {
      const options = cases[index]!;
      const told = { ...sight, structure: sight.structure.LAYOUT, digests: sight.levels.map(({ digests }) => digests) };
      expect(told, JSON.stringify(options)).toMatchObject({
        warnings: [],
        errors: [],
        complaints: [],
        structure: 'COG',
        digests: written[index]!.digests,
      });
      expect(sight.rasterio.dtypes).toEqual(new Array(options.bands).fill(options.type));
      expect(sight.rasterio.digests).toEqual(written[index]!.digests[0]);
    }
  });
});
