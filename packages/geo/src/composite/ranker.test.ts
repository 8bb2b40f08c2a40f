import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSampleSpace } from './sample-space.ts';
import { compositeOf, noiseScenes } from './scenes.fixture.ts';

const types = fc.constantFrom('uint8' as const, 'uint16' as const);
const rules = fc.oneof(
  fc.record({ kind: fc.constant('median-luminance'), mode: fc.constantFrom('exact', 'course') }),
  fc.record({ kind: fc.constant('percentile'), p: fc.constantFrom(0, 12.5, 50, 99, 100) }),
);

describe('the vector ranker', () => {
  it('gives the samples of the scalar one', () => {
    // One space for all: what an earlier composite left behind must not matter.
    const vectors = createSampleSpace(24 << 20);
    const scalar = createSampleSpace(24 << 20, false);
    expect(vectors.kernels).not.toBeNull();
    const cases = fc.record({
      type: types,
      rule: rules,
      count: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 300 })),
      width: fc.integer({ min: 1, max: 45 }),
      height: fc.integer({ min: 1, max: 16 }),
      levels: fc.constantFrom(1, 2, 5, 40, 256, 65_536),
      nodata: fc.constantFrom(0, 1, 2, 254, 255, 32_768, 65_535),
      saturation: fc.constantFrom(null, 0, 1, 255, 65_534, 65_535),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(cases, ({ type, rule, count, width, height, levels, nodata, saturation, seed }) => {
        const most = type === 'uint8' ? 255 : 65_535;
        const composite = {
          rule,
          nodata: Math.min(most, nodata),
          saturation: saturation && Math.min(most, saturation),
        };
        const region = { x: 3, y: 5, width, height };
        const scenes = noiseScenes(count, region, type, Math.min(levels, most + 1), seed);
        const wanted = compositeOf({ composite, scenes, space: scalar });
        expect(compositeOf({ composite, scenes, space: vectors })).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });

  it('orders colours of one luminance however many there are', () => {
    const region = { x: 0, y: 0, width: 19, height: 3 };
    const scenes = noiseScenes(150, region, 'uint8', 60).map((scene) => {
      const [red, green, blue] = scene.bands;
      for (let at = 0; at < red!.length; at++) {
        red![at] = 1 + (red![at]! % 60);
        green![at] = 1 + (green![at]! % 60);
        blue![at] = 200 - red![at]! - green![at]!;
      }
      return scene;
    });
    const composite = { rule: { kind: 'median-luminance' } };
    const scalar = createSampleSpace(8 << 20, false);
    expect(compositeOf({ composite, scenes })).toEqual(compositeOf({ composite, scenes, space: scalar }));
  });
});
