import { OPERATIONS, type OperationName, type OperationParams, type Size } from '@tessera/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Raster } from '../raster.ts';
import { operationFor } from '../registry.ts';
import { PARAMS } from './params.fixture.ts';
import { pictures, serpentine } from './picture.fixture.ts';
import { resultSize, runOnGrid, runWhole } from './run-on-grid.fixture.ts';

const cell = fc.oneof(fc.constantFrom(1, 2, 3, 16), fc.integer({ min: 1, max: 64 }));

const paramsOf = (op: OperationName): fc.Arbitrary<OperationParams<OperationName>> => PARAMS[op];

function expectEqualPixels(got: Raster, wanted: Raster): void {
  expect(got.data.length).toBe(wanted.data.length);
  expect(wanted.data.findIndex((value, index) => value !== got.data[index])).toBe(-1);
}

/** Cases in which something is left of the picture. */
function sizeOf(op: OperationName, picture: Raster, params: OperationParams<OperationName>): Size {
  try {
    return resultSize(op, picture, params);
  } catch (error) {
    expect(error).toMatchObject({ code: 'INVALID_PIPELINE' });
    fc.pre(false);
    throw error;
  }
}

function bandsEqualWhole(op: OperationName): void {
  fc.assert(
    fc.property(pictures(), paramsOf(op), cell, (picture, params, height) => {
      expectEqualPixels(
        runOnGrid(op, picture, params, { width: sizeOf(op, picture, params).width, height }),
        runWhole(op, picture, params),
      );
    }),
    { numRuns: 60 },
  );
}

function tilesEqualWhole(op: OperationName): void {
  fc.assert(
    fc.property(pictures(), paramsOf(op), cell, cell, (picture, params, width, height) => {
      sizeOf(op, picture, params);
      expectEqualPixels(runOnGrid(op, picture, params, { width, height }), runWhole(op, picture, params));
    }),
    { numRuns: 60 },
  );
}

function alphaStays(op: OperationName): void {
  fc.assert(
    fc.property(pictures(), paramsOf(op), fc.nat(255), (picture, params, level) => {
      const { channels, data } = picture;
      fc.pre(channels === 2 || channels === 4);
      const flat = Uint8Array.from(data, (value, index) => (index % channels === channels - 1 ? level : value));
      const result = runWhole(op, picture, params);
      const other = runWhole(op, { ...picture, data: flat }, params);
      for (const [pixel, alpha] of alphaOf(picture).entries()) {
        expect(result.data[pixel * result.channels + result.channels - 1]).toBe(alpha);
      }
      // Colours do not depend on alpha.
      const colours = (raster: Raster): Uint8Array =>
        raster.data.filter((_, index) => index % raster.channels !== raster.channels - 1);
      expect(colours(other)).toEqual(colours(result));
    }),
    { numRuns: 25 },
  );
}

function alphaOf({ channels, data }: Raster): Uint8Array {
  return data.filter((_, index) => index % channels === channels - 1);
}

describe.each(OPERATIONS.map(({ op }) => op))('%s', (op) => {
  it('gives the same pixels in bands', () => {
    bandsEqualWhole(op);
  });
  it('gives the same pixels in tiles', () => {
    tilesEqualWhole(op);
  });
});

/** All but those that lay something over a picture, cut it out, or move alpha with the colours. */
const KEEPING_ALPHA = OPERATIONS.map(({ op }) => op).filter(
  (op) => !['combine', 'geometry'].includes(operationFor(op).kind) && op !== 'trim',
);

describe.each(KEEPING_ALPHA)('%s', (op) => {
  it('passes alpha through and does not look at it', () => {
    alphaStays(op);
  });
});

describe('canny on a serpentine', () => {
  const params = { low: 100, high: 200, aperture: 3, l2: false } as const;
  const edges = ({ data }: Raster): number => data.reduce((sum, value) => sum + (value === 255 ? 1 : 0), 0);

  it('follows the weak edge through all bands and tiles of 2048 × 2048', () => {
    const picture = serpentine(2048, 2048);
    const whole = runWhole('canny', picture, params);
    // One end alone would be a few pixels: the line has 256 turns of two sides.
    expect(edges(whole)).toBeGreaterThan(2 * 200 * 2000);
    expectEqualPixels(runOnGrid('canny', picture, params, { width: 2048, height: 160 }), whole);
    expectEqualPixels(runOnGrid('canny', picture, params, { width: 512, height: 496 }), whole);
  });

  it('gives the line up when its end is not strong', () => {
    const picture = serpentine(256, 256);
    const weak = { ...picture, data: picture.data.map((value) => Math.min(value, 30)) };
    expect(edges(runOnGrid('canny', weak, params, { width: 64, height: 48 }))).toBe(0);
    expect(edges(runOnGrid('canny', picture, params, { width: 64, height: 48 }))).toBeGreaterThan(10000);
  });
});
