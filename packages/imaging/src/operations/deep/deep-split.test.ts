import { OPERATIONS, type OperationName, type OperationParams } from '@tessera/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { worksIn } from '../../plan/check-depth.ts';
import { hasAlpha, type Raster } from '../../raster.ts';
import { operationFor } from '../../registry.ts';
import { PARAMS } from '../params.fixture.ts';
import { deepPictures } from '../picture.fixture.ts';
import { resultSize, runOnGrid, runWhole } from '../run-on-grid.fixture.ts';

type Deep = Raster<Uint16Array>;

/** Of tiles there are fewer than elsewhere: each has a table of 65536 levels. */
const FEW_TILES: fc.Arbitrary<OperationParams<'clahe'>> = fc.record({
  limit: fc.constantFrom(0, 2, 40),
  across: fc.integer({ min: 1, max: 3 }),
  down: fc.integer({ min: 1, max: 2 }),
});
const paramsOf = (op: OperationName): fc.Arbitrary<OperationParams<OperationName>> =>
  op === 'clahe' ? FEW_TILES : PARAMS[op];

/** Whether something is left of the picture. */
function isPossible(op: OperationName, picture: Deep, params: OperationParams<OperationName>): boolean {
  try {
    return resultSize(op, picture, params).width > 0;
  } catch {
    return false;
  }
}

const alphaOf = ({ channels, data }: Deep): Uint16Array => data.filter((_, index) => index % channels === channels - 1);

describe.each(OPERATIONS.map(({ op }) => op).filter((op) => worksIn({ op }, 16)))('%s in 16 bits', (op) => {
  const operation = operationFor(op);
  const { kind } = operation;
  // Each cell has a histogram of 65536 levels.
  const counts = operation.kind === 'global' && (operation.counts === true || op === 'clahe');
  const cell = fc.tuple(
    fc.constantFrom(...(counts ? [9, 16] : [1, 5, 16])),
    fc.constantFrom(...(counts ? [16] : [2, 7, 16])),
  );

  it('gives the same pixels in tiles, and the alpha that there was', () => {
    fc.assert(
      fc.property(deepPictures(counts ? 18 : 24), paramsOf(op), cell, (picture, params, [width, height]) => {
        fc.pre(isPossible(op, picture, params));
        const whole = runWhole(op, picture, params);
        const tiled = runOnGrid(op, picture, params, { width, height });
        expect(whole.data).toBeInstanceOf(Uint16Array);
        expect(tiled.data.length).toBe(whole.data.length);
        expect(whole.data.findIndex((value, index) => value !== tiled.data[index])).toBe(-1);
        if (hasAlpha(picture.channels) && kind !== 'combine' && kind !== 'geometry') {
          expect(alphaOf(whole)).toEqual(alphaOf(picture));
        }
      }),
      { numRuns: counts ? 5 : 15 },
    );
  });
});
