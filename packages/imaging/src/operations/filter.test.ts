import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colourChannels, type Raster, type Window } from '../raster.ts';
import { grow, wholeOf } from '../region.ts';
import { loadKernels } from '../simd/kernels.ts';
import { classFilter } from './edges/canny/classify.ts';
import { runFilter, runScalar, type Filter } from './filter.ts';
import { bilateralFilter } from './blur/bilateral.ts';
import { boxFilter } from './blur/box-blur.ts';
import { nonLocalMeansFilter } from './blur/non-local-means/non-local-means.ts';
import { lumaFilter, withLumaScalar, withLumaVector } from './colour/luma.ts';
import { interpolateScalar, interpolateVector } from './tone/clahe/interpolate.ts';
import { tileAxes } from './tone/clahe/tile-axis.ts';
import { gaussianFilter } from './blur/gaussian-blur.ts';
import { gaussianKernel } from './blur/gaussian-kernel.ts';
import { matrixFilter } from './colour-matrix.ts';
import { convolution } from './convolution.ts';
import { grayFilter } from './colour/grayscale.ts';
import { changesOf, hueFilter } from './colour/hue-saturation-lightness.ts';
import { aboveSurroundings } from './detail/high-pass.ts';
import { mixScalar, mixVector } from './detail/mix-with-blurred.ts';
import { sharpening } from './detail/unsharp-mask.ts';
import { comparison } from './edges/adaptive-threshold.ts';
import { reverserScalar, reverserVector } from './geometry/mirror.ts';
import { darkenScalar, darkenVector } from './effects/vignette.ts';
import { countInKernels, countScalar } from './distribution/histogram.ts';
import type { Finish } from './finish.ts';
import { levelFilter } from './level-table.ts';
import { medianFilter } from './blur/median.ts';
import { rankAt, rankOf } from './blur/rank-filter.ts';
import { squareFilter } from './morphology/square-filter.ts';
import { PARAMS } from './params.fixture.ts';
import { noise, pictures } from './picture.fixture.ts';
import { chained, runPointFilter, runPointScalar, type PointFilter } from './point-filter.ts';
import { cut } from './run-on-grid.fixture.ts';
import { sharpenFilter } from './detail/sharpen.ts';
import { swapFilter } from './colour/swap-red-blue.ts';
import { invertFilter } from './tone/invert.ts';
import { thresholdFilter } from './tone/threshold.ts';

const side = fc.constantFrom(1, 3, 5);
/** Kernels of integers, and of numbers whose sums have to be added in order. */
const kernels = fc.tuple(side, side, fc.boolean()).chain(([width, height, integers]) => {
  const weight = integers ? fc.integer({ min: -9, max: 9 }) : fc.double({ min: -3, max: 3, noNaN: true });
  const weights = fc.array(weight, { minLength: width * height, maxLength: width * height });
  return weights.map((list) => ({ width, height, weights: list }));
});
const scales = fc.oneof(fc.constant(1), fc.double({ min: 0.001, max: 10, noNaN: true }));
const finishes: fc.Arbitrary<Finish> = fc.oneof(
  fc.record({
    kind: fc.constant('linear' as const),
    by: fc.oneof(fc.constantFrom(1, 3, 25), fc.double({ min: 0.1, max: 100, noNaN: true })),
    offset: fc.oneof(fc.constantFrom(0, 128), fc.double({ min: -255, max: 255, noNaN: true })),
  }),
  fc.record({ kind: fc.constant('amount' as const), scale: scales }),
  fc.record({ kind: fc.constant('length' as const), scale: scales }),
);

/** Every filter with its parameters, and how far it looks. */
const FILTERS: Readonly<Record<string, fc.Arbitrary<Filter>>> = {
  'gaussian-blur': PARAMS['gaussian-blur'].map(({ ksize, sigma }) => gaussianFilter(gaussianKernel(ksize, sigma))),
  sharpen: fc.constant(sharpenFilter),
  median: PARAMS.median.map(({ ksize }) => medianFilter(ksize)),
  dilate: PARAMS.dilate.map(({ ksize }) => squareFilter('brightest', ksize)),
  erode: PARAMS.erode.map(({ ksize }) => squareFilter('darkest', ksize)),
  canny: PARAMS.canny.map(classFilter),
  'box-blur': PARAMS['box-blur'].map(({ ksize }) => boxFilter(ksize)),
  'rank-filter': fc
    .tuple(PARAMS['rank-filter'], fc.constantFrom(0, 0, 10, 16))
    .map(([{ ksize, percentile }, more]) => rankOf(ksize + more, rankAt(ksize + more, percentile))),
  bilateral: PARAMS.bilateral.map(bilateralFilter),
  convolution: fc
    .tuple(kernels, kernels, finishes)
    .map(([first, second, finish]) => convolution(finish.kind === 'length' ? [first, second] : [first], finish)),
};

const weight = fc.oneof(fc.constantFrom(-3.9, 0, 1, 2, 3.9), fc.double({ min: -3.9, max: 3.9, noNaN: true }));
const row = fc.tuple(weight, weight, weight, fc.double({ min: -1000, max: 1000, noNaN: true }));

const POINT_FILTERS: Readonly<Record<string, (picture: Raster) => fc.Arbitrary<PointFilter>>> = {
  grayscale: ({ channels }) => PARAMS.grayscale.map((weights) => grayFilter(channels < 3 ? 3 : channels, weights)),
  'colour-matrix': ({ channels }) =>
    fc.tuple(row, row, row).map((matrix) => matrixFilter(channels < 3 ? 3 : channels, matrix)),
  levels: ({ channels }) =>
    fc
      .tuple(fc.uint8Array({ minLength: 512, maxLength: 512 }), fc.boolean())
      .map(([bytes, one]) =>
        levelFilter(
          channels,
          bytes.subarray(0, 256),
          bytes.subarray(one ? 0 : 256, one ? 256 : 512),
          bytes.subarray(0, 256),
        ),
      ),
  'hue-saturation-lightness': ({ channels }) =>
    PARAMS['hue-saturation-lightness'].map((params) => hueFilter(channels < 3 ? 3 : channels, changesOf(params))),
  invert: ({ channels }) => fc.constant(invertFilter(channels)),
  'gray, then its threshold': ({ channels }) =>
    PARAMS.threshold.map(({ value }) =>
      chained(grayFilter(channels < 3 ? 3 : channels), thresholdFilter(channels === 4 ? 2 : 1, value)),
    ),
  luma: ({ channels }) => fc.constant(lumaFilter(channels)),
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

describe('what mixes levels with blurred ones', () => {
  it('gives the same bytes in vectors as in plain arithmetic', () => {
    const mixes = fc.oneof(
      fc.constant(aboveSurroundings),
      PARAMS['unsharp-mask'].map(sharpening),
      PARAMS['adaptive-threshold'].map(({ constant, type }) => comparison(constant, type)),
    );
    fc.assert(
      fc.property(pictures(80), mixes, fc.nat(), (picture, mix, seed) => {
        const { width, height, channels } = picture;
        const blurred = noise(width, height, channels, seed, 256);
        expectEqualPixels(mixVector(picture, blurred, mix, loadKernels()!), mixScalar(picture, blurred, mix));
      }),
      { numRuns: 100 },
    );
  });
});

describe('vignette', () => {
  it('gives the same bytes in vectors as in plain arithmetic', () => {
    const cases = pictures(80).chain((picture) => fc.tuple(fc.constant(picture), PARAMS.vignette, regionsOf(picture)));
    fc.assert(
      fc.property(cases, ([picture, params, region]) => {
        const input = cut(picture, region);
        const plain = darkenScalar(input, region, picture, params);
        expectEqualPixels(darkenVector(input, region, picture, params, loadKernels()!), plain);
      }),
      { numRuns: 100 },
    );
  });
});

describe('non-local means', () => {
  it('give the same bytes in vectors as in plain arithmetic', () => {
    const params = fc.record({
      strength: fc.constantFrom(0, 3, 40),
      template: fc.constantFrom(3, 5, 7),
      search: fc.constantFrom(5, 7, 11),
    });
    const cases = pictures(40).chain((picture) => fc.tuple(fc.constant(picture), params, regionsOf(picture)));
    fc.assert(
      fc.property(cases, ([picture, chosen, region]) => {
        const filter = nonLocalMeansFilter(chosen, colourChannels(picture.channels));
        const input = cut(picture, grow(region, filter.reach.left, picture));
        expectEqualPixels(runFilter(input, region, picture, filter), runScalar(input, region, picture, filter));
      }),
      { numRuns: 60 },
    );
  });
});

describe('rows in the opposite order', () => {
  it('are the same in vectors as in plain arithmetic', () => {
    const cases = fc.tuple(fc.integer({ min: 1, max: 70 }), fc.constantFrom(1, 2, 3, 4, 6, 8), fc.nat());
    fc.assert(
      fc.property(cases, ([pixels, size, seed]) => {
        const row = noise(pixels * size, 1, 1, seed, 256).data;
        const wanted = reverserScalar(pixels, size)(row);
        expect([...reverserVector(pixels, size, loadKernels()!)(row)]).toEqual([...wanted]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('counts of levels', () => {
  it('are the same by the kernel as in plain arithmetic', () => {
    fc.assert(
      fc.property(pictures(80), (picture) => {
        expect(countInKernels(picture, loadKernels()!)).toEqual(countScalar(picture));
      }),
      { numRuns: 100 },
    );
    const large = noise(509, 401, 3, 7, 256);
    expect(countInKernels(large, loadKernels()!)).toEqual(countScalar(large));
  });
});

describe('another luma', () => {
  it('gives the same bytes in vectors as in plain arithmetic', () => {
    const colours = pictures(80).filter(({ channels }) => channels > 2);
    fc.assert(
      fc.property(colours, fc.nat(), (picture, seed) => {
        const { data } = noise(picture.width, picture.height, 1, seed, 256);
        expectEqualPixels(withLumaVector(picture, data, loadKernels()!), withLumaScalar(picture, data));
      }),
      { numRuns: 100 },
    );
  });
});

describe('tables of tiles', () => {
  it('give the same bytes in vectors as in plain arithmetic', () => {
    const grays = pictures(80).map(({ width, height, data }) => ({ width, height, channels: 1, data }));
    const side = fc.integer({ min: 1, max: 8 });
    const cases = grays.chain((picture) => fc.tuple(fc.constant(picture), side, side, fc.nat(), regionsOf(picture)));
    fc.assert(
      fc.property(cases, ([picture, across, down, seed, region]) => {
        const axes = tileAxes(picture, { across, down });
        const tables = noise(256, across * down, 1, seed, 256).data;
        const { raster } = cut(picture, region);
        const plain = { ...raster, data: interpolateScalar(raster.data, region, axes, tables) };
        const data = interpolateVector(raster.data, region, axes, tables, loadKernels()!);
        expectEqualPixels({ ...raster, data }, plain);
      }),
      { numRuns: 100 },
    );
  });
});
