import { OPERATIONS, stepSchema, type OperationName } from '@tessera/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { worksIn } from '../../plan/check-depth.ts';
import type { Raster } from '../../raster.ts';
import { PARAMS } from '../params.fixture.ts';
import { deepened, noise } from '../picture.fixture.ts';
import { resultSize, runWhole } from '../run-on-grid.fixture.ts';

/** These choose among levels, or move them: for them it is the same whether a picture is widened before or behind. */
const EXACT: readonly OperationName[] = [
  'invert',
  'swap-red-blue',
  'solarize',
  'otsu',
  'statistics',
  'median',
  'rank-filter',
  'dilate',
  'erode',
  'morphology',
  'sharpen',
  'flood-fill',
  'connected-components',
  'crop',
  'flip',
  'flop',
  'pad',
];
/** Levels of 8 bits that others may be apart by: each rounds to a level once, some round weights or in between. */
const FAR: Readonly<Partial<Record<OperationName, number>>> = {
  // Weights are in 1/65536 and not in 1/256.
  'gaussian-blur': 2,
  'unsharp-mask': 2,
  'high-pass': 2,
  // Rounded behind the rows and behind the columns.
  resize: 1.5,
  // The layer's opacity is rounded, and then the colours.
  blend: 1.5,
  mask: 1.5,
  watermark: 1.5,
  'watermark-text': 1.5,
};
const HALF = 0.51;

/** The luma of 16 bits lies between levels of 8, so that what compares it may tell pixels of colours apart that were alike. */
const OF_LUMA: readonly OperationName[] = ['threshold', 'otsu', 'connected-components', 'equalize-histogram'];

const pictureFor = (op: OperationName): Raster => noise(23, 19, OF_LUMA.includes(op) ? 1 : 3, 5, 64);

/** How far a picture that is widened before is from one that is widened behind, in levels of 8 bits. */
function apart(op: OperationName, params: never): number {
  const picture = pictureFor(op);
  const wanted = deepened(runWhole(op, picture, params));
  const { data } = runWhole(op, deepened(picture), params);
  expect(data.length).toBe(wanted.data.length);
  return wanted.data.reduce((far, level, at) => Math.max(far, Math.abs(level - data[at]!)), 0) / 257;
}

// Means lie between levels of 8 bits, too, so that what is as bright as its surroundings may become the other colour.
// And what limits how often a level may count, cuts all of them off where only each 257th occurs.
const BY_THEMSELVES: readonly OperationName[] = ['adaptive-threshold', 'clahe'];
const DEEP = OPERATIONS.filter(({ op }) => worksIn({ op }, 16) && !BY_THEMSELVES.includes(op));

describe.each(DEEP.filter(({ op }) => EXACT.includes(op)))('$op', ({ op }) => {
  it('does to a widened picture what it does to the picture', () => {
    const arbitrary: fc.Arbitrary<unknown> = PARAMS[op];
    const isPossible = (params: unknown): boolean => {
      try {
        return resultSize(op, pictureFor(op), params as never).width > 0;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(arbitrary.filter(isPossible), (params) => {
        expect(apart(op, params as never)).toBe(0);
      }),
      { numRuns: 4 },
    );
  });
});

describe.each(DEEP.filter(({ op }) => !EXACT.includes(op)))('$op', ({ op, example }) => {
  it('does nearly the same to a widened picture as to the picture', () => {
    const other = { blend: { image: '17x13x4' }, mask: { image: '17x13x4' }, watermark: { image: '17x13x4' } };
    const named = { ...other, 'watermark-text': { text: '17x13x1' } } as Readonly<Record<string, object>>;
    const step = stepSchema.parse({ op, params: { ...example, ...named[op] } });
    expect(apart(op, step.params as never)).toBeLessThanOrEqual(FAR[op] ?? HALF);
  });
});
