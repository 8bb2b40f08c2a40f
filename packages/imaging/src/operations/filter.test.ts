import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Raster, Window } from '../raster.ts';
import { grow, wholeOf } from '../region.ts';
import { loadKernels } from '../simd/kernels.ts';
import { classFilter } from './edges/canny/classify.ts';
import { runFilter, runScalar, type Filter } from './filter.ts';
import { gaussianFilter } from './blur/gaussian-blur.ts';
import { gaussianKernel } from './blur/gaussian-kernel.ts';
import { matrixFilter } from './colour-matrix.ts';
import { grayFilter } from './colour/grayscale.ts';
import { medianFilter } from './blur/median.ts';
import { squareFilter } from './morphology/square-filter.ts';
import { noise, PARAMS, pictures } from './picture.fixture.ts';
import { runPointFilter, runPointScalar, type PointFilter } from './point-filter.ts';
import { cut } from './run-on-grid.fixture.ts';
import { sharpenFilter } from './detail/sharpen.ts';
import { swapFilter } from './colour/swap-red-blue.ts';
import { thresholdFilter } from './tone/threshold.ts';

/** Every filter with its parameters, and how far it looks. */
const FILTERS: Readonly<Record<string, fc.Arbitrary<Filter>>> = {
  'gaussian-blur': PARAMS['gaussian-blur'].map(({ ksize, sigma }) => gaussianFilter(gaussianKernel(ksize, sigma))),
  sharpen: fc.constant(sharpenFilter),
  median: PARAMS.median.map(({ ksize }) => medianFilter(ksize)),
  dilate: PARAMS.dilate.map(({ ksize }) => squareFilter('brightest', ksize)),
  erode: PARAMS.erode.map(({ ksize }) => squareFilter('darkest', ksize)),
  canny: PARAMS.canny.map(classFilter),
};

const weight = fc.oneof(fc.constantFrom(-3.9, 0, 1, 2, 3.9), fc.double({ min: -3.9, max: 3.9, noNaN: true }));
const row = fc.tuple(weight, weight, weight, fc.double({ min: -1000, max: 1000, noNaN: true }));

const POINT_FILTERS: Readonly<Record<string, (picture: Raster) => fc.Arbitrary<PointFilter>>> = {
  grayscale: ({ channels }) => PARAMS.grayscale.map((weights) => grayFilter(channels < 3 ? 3 : channels, weights)),
  'colour-matrix': ({ channels }) =>
    fc.tuple(row, row, row).map((matrix) => matrixFilter(channels < 3 ? 3 : channels, matrix)),
  'swap-red-blue': ({ channels }) => fc.constant(swapFilter(channels < 3 ? 3 : channels)),
  threshold: ({ channels }) => PARAMS.threshold.map(({ value }) => thresholdFilter(channels < 3 ? channels : 1, value)),
};

function expectEqualPixels(got: Raster, wanted: Raster): void {
  const differing = wanted.data.findIndex((value, index) => value !== got.data[index]);
  expect({ ...got, data: differing, length: got.data.length }).toEqual({
    ...wanted,
    data: -1,
    length: wanted.data.length,
  });
}

function regionsOf(picture: Raster): fc.Arbitrary<{ x: number; y: number; width: number; height: number }> {
  const extent = (length: number): fc.Arbitrary<[number, number]> =>
    fc.tuple(fc.nat(length - 1), fc.nat(length - 1)).map(([a, b]) => [Math.min(a, b), Math.abs(a - b) + 1]);
  return fc
    .tuple(extent(picture.width), extent(picture.height))
    .map(([[x, width], [y, height]]) => ({ x, y, width, height }));
}

it('has vectors here', () => {
  expect(loadKernels()).not.toBeNull();
});

describe.each(Object.keys(FILTERS))('%s', (name) => {
  const filters = FILTERS[name]!;

  it('gives the same bytes in vectors as in plain arithmetic', () => {
    const cases = pictures(80).chain((picture) => fc.tuple(fc.constant(picture), filters, regionsOf(picture)));
    fc.assert(
      fc.property(cases, ([picture, filter, region]) => {
        const halo = Math.max(filter.reach.left, filter.reach.above);
        const input = cut(picture, grow(region, halo, picture));
        expectEqualPixels(runFilter(input, region, picture, filter), runScalar(input, region, picture, filter));
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same bytes where a region takes several tiles', () => {
    const sizes = fc.constantFrom([3300, 20], [1100, 260], [40, 530], [1537, 11]);
    const cases = fc
      .tuple(sizes, fc.integer({ min: 1, max: 4 }), fc.nat(), filters)
      .map(([[width, height], channels, at, filter]) => ({
        picture: noise(width, height, channels, at, 256),
        filter,
        at,
      }));
    fc.assert(
      fc.property(cases, ({ picture, filter, at }) => {
        const input: Window = { x: 0, y: 0, raster: picture };
        const whole = runFilter(input, wholeOf(picture), picture, filter);
        expectEqualPixels(whole, runScalar(input, wholeOf(picture), picture, filter));
        // Regions of one tile each know of no seams.
        for (let part = 0; part < 20; part++) {
          const x = (at + part * 7919) % picture.width;
          const y = (at + part * 104729) % picture.height;
          const region = {
            x,
            y,
            width: Math.min(30, picture.width - x),
            height: Math.min(30, picture.height - y),
          };
          expectEqualPixels(runFilter(input, region, picture, filter), cut(whole, region).raster);
        }
      }),
      { numRuns: 4 },
    );
  });
});

describe.each(Object.keys(POINT_FILTERS))('%s', (name) => {
  const filtersOf = POINT_FILTERS[name]!;

  /** The picture with as many channels as the filter takes. */
  function fitting(picture: Raster): Raster {
    if (name === 'threshold')
      return picture.channels < 3 ? picture : { ...noise(picture.width, picture.height, 1, 3, 256) };
    return picture.channels < 3 ? noise(picture.width, picture.height, 3, 3, 256) : picture;
  }

  it('gives the same bytes in vectors as in plain arithmetic', () => {
    const cases = pictures(80).chain((picture) => fc.tuple(fc.constant(fitting(picture)), filtersOf(picture)));
    fc.assert(
      fc.property(cases, ([picture, filter]) => {
        expectEqualPixels(runPointFilter(picture, filter), runPointScalar(picture, filter));
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same bytes where a picture takes several chunks', () => {
    for (const channels of [1, 2, 3, 4]) {
      const picture = fitting(noise(509, 401, channels, channels, 256));
      const [filter] = fc.sample(filtersOf(picture), { numRuns: 1, seed: 1 });
      expectEqualPixels(runPointFilter(picture, filter!), runPointScalar(picture, filter!));
    }
  });
});
