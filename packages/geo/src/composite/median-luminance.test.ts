import { describe, expect, it } from 'vitest';
import type { RasterBlock } from '../raster/raster-block.ts';
import { rowBlocks } from './row-blocks.ts';
import { stackBytes } from './sample-stack.ts';
import { compositeSchema } from '@tessera/contracts';
import { compositeOf, dice, noiseScenes, rowsOf } from './scenes.fixture.ts';

const region = { x: 40, y: 7, width: 37, height: 31 };

/** The rule in as few words as it has. */
function naive(scenes: readonly RasterBlock[], mode: 'exact' | 'course', saturation: number): number[][] {
  const bands: number[][] = [[], [], []];
  for (let at = 0; at < region.width * region.height; at++) {
    const samples = scenes
      .map(({ bands }) => bands.map((band) => band[at]!))
      .filter((sample) => sample.every((value) => value !== 0 && value !== saturation));
    samples.sort(([r = 0, g = 0, b = 0], [s = 0, h = 0, c = 0]) => {
      const sums = r + g + b - (s + h + c);
      return sums !== 0 || mode === 'course' ? sums : r - s || g - h || b - c;
    });
    const chosen = samples[samples.length >> 1] ?? [0, 0, 0];
    bands.forEach((band, index) => band.push(chosen[index]!));
  }
  return bands;
}

const numbers = (block: RasterBlock) => block.bands.map((band) => Array.from(band));

describe.each([
  { type: 'uint8', saturation: 255 },
  { type: 'uint16', saturation: 65_535 },
] as const)('the median of luminance of $type', ({ type, saturation }) => {
  const rule = { kind: 'median-luminance', mode: 'exact' } as const;
  const composite = { rule, saturation };

  it.each([
    { scenes: 1, levels: 3 },
    { scenes: 2, levels: 5 },
    { scenes: 7, levels: 4 },
    { scenes: 40, levels: 12 },
    { scenes: 65, levels: 200 },
  ])('is what sorting gives: $scenes scenes of $levels levels', ({ scenes, levels }) => {
    const blocks = noiseScenes(scenes, region, type, levels, scenes);
    expect(numbers(compositeOf({ composite, scenes: blocks }))).toEqual(naive(blocks, 'exact', saturation));
    const course = { ...composite, rule: { ...rule, mode: 'course' } };
    expect(numbers(compositeOf({ composite: course, scenes: blocks }))).toEqual(naive(blocks, 'course', saturation));
  });

  it('is of the same pixels whatever the order of the scenes', () => {
    const scenes = noiseScenes(24, region, type, 6);
    const next = dice(9);
    const shuffled = [...scenes].map((scene) => ({ scene, at: next(1000) })).sort((a, b) => a.at - b.at);
    const wanted = numbers(compositeOf({ composite, scenes }));
    expect(numbers(compositeOf({ composite, scenes: shuffled.map(({ scene }) => scene) }))).toEqual(wanted);
    // That of the course is not, but does not depend on which scene arrives first.
    const course = { ...composite, rule: { ...rule, mode: 'course' } };
    const ordered = numbers(compositeOf({ composite: course, scenes }));
    const order = [...scenes.keys()].reverse();
    expect(numbers(compositeOf({ composite: course, scenes, order }))).toEqual(ordered);
    expect(numbers(compositeOf({ composite: course, scenes: scenes.toReversed() }))).not.toEqual(ordered);
  });

  it('is of the same pixels whatever the blocks of rows', () => {
    const scenes = noiseScenes(11, region, type, 6);
    const wanted = numbers(compositeOf({ composite, scenes }));
    const request = { composite: compositeSchema.parse(composite), region, type, bands: 3, scenes: scenes.length };
    const fixed = stackBytes({ type, pixels: 0, bands: 3, scenes: scenes.length });
    for (const rows of [1, 5, 12]) {
      const budget = fixed + rows * 37 * 11 * 3 * (type === 'uint8' ? 1 : 2) + 600;
      const blocks = rowBlocks(request, budget, 4);
      expect(blocks.length).toBeGreaterThanOrEqual(3);
      const parts = blocks.map((rows) =>
        compositeOf({ composite, scenes: scenes.map((scene) => rowsOf(scene, rows)) }),
      );
      const joined = [0, 1, 2].map((band) => parts.flatMap((part) => Array.from(part.bands[band]!)));
      expect(joined).toEqual(wanted);
    }
  });

  it('leaves out what its file, its mask or its values say', () => {
    const [dark, bright, clouded] = [3, 200, 90].map((level) => {
      const [block] = noiseScenes(1, region, type, 1);
      return { ...block!, bands: block!.bands.map((band) => band.fill(level)) };
    });
    const masks = [4, 4, 9].map(
      (value) => ({ ...dark!, type: 'uint8', bands: [new Uint8Array(37 * 31).fill(value)] }) as const,
    );
    const none = { ...bright!, valid: [undefined, new Uint8Array(37 * 31), undefined] };
    const scenes = [dark!, none, clouded!];
    const clear = { kind: 'classes', clear: [4, 5, 6] };
    const result = compositeOf({ composite: { ...composite, clear }, scenes, masks });
    expect(result.bands.map((band) => new Set(band))).toEqual([new Set([3]), new Set([3]), new Set([3])]);
    expect(result.valid).toEqual([undefined, undefined, undefined]);
    const nothing = compositeOf({ composite: { ...composite, clear }, scenes: [clouded!], masks: [masks[2]!] });
    expect(
      numbers(nothing)
        .flat()
        .every((value) => value === 0),
    ).toBe(true);
    expect(nothing.valid[0]).toEqual(new Uint8Array(37 * 31));
  });
});
