import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hasAlpha } from '../../raster.ts';
import { loadKernels } from '../../simd/kernels.ts';
import { noise, pictures } from '../picture.fixture.ts';
import { cut } from '../run-on-grid.fixture.ts';
import { resampleVector } from './resample-vectors.ts';
import { resample, resampleNeeds, resampleScalar, sidesOf } from './resample.ts';

const kernel = fc.constantFrom('area', 'linear', 'cubic', 'mitchell', 'lanczos2', 'lanczos');
const side = fc.oneof(fc.constantFrom(1, 2, 3, 400), fc.integer({ min: 1, max: 150 }));
/** Long sides, so that a region takes several stripes, and rows are held in several turns. */
const long = fc
  .tuple(fc.constantFrom([5000, 9], [7, 3000], [20_000, 2]), fc.integer({ min: 1, max: 4 }), fc.nat())
  .map(([[width, height], channels, seed]) => noise(width, height, channels, seed, 256));
const share = fc.double({ min: 0, max: 1, noNaN: true });

it.each([
  { name: 'small pictures', made: pictures(80), numRuns: 150 },
  { name: 'long ones', made: long, numRuns: 12 },
])('gives the same bytes in vectors as in plain arithmetic: $name', ({ made, numRuns }) => {
  fc.assert(
    fc.property(made, side, side, kernel, share, share, (picture, width, height, weighing, top, bottom) => {
      const size = { width, height };
      const first = Math.min(height - 1, Math.floor(Math.min(top, bottom) * height));
      const rows = Math.max(1, Math.floor(Math.max(top, bottom) * height) - first);
      const region = { x: 0, y: first, width, height: rows };
      const from = resampleNeeds(region, picture, size, weighing);
      const input = cut(picture, from);
      const sides = sidesOf(region, picture, size, weighing);
      const weighed = hasAlpha(picture.channels);
      const got = resampleVector(input, from, sides, weighed, loadKernels()!);
      if (got !== undefined) expect(got).toEqual(resampleScalar(input, from, sides, weighed));
    }),
    { numRuns },
  );
});

it('makes one pixel of very many, where the memory of the vectors is too small', () => {
  const picture = noise(60_000, 1, 3, 5, 256);
  const region = { x: 0, y: 0, width: 1, height: 1 };
  const sides = sidesOf(region, picture, region, 'lanczos');
  expect(
    resampleVector({ x: 0, y: 0, raster: picture }, { ...region, width: 60_000 }, sides, false, loadKernels()!),
  ).toBe(undefined);
  const [mean] = resample({ x: 0, y: 0, raster: picture }, region, picture, region, 'area').data;
  expect(Math.abs(mean! - 127.5)).toBeLessThan(2);
});

it('leaves a picture of the same size alone, whatever shines through it', () => {
  const picture = noise(9, 7, 4, 2, 256);
  const region = { x: 0, y: 0, width: 9, height: 7 };
  expect(resample({ x: 0, y: 0, raster: picture }, region, picture, region, 'cubic').data).toEqual(picture.data);
});
