import type { OperationName } from '@tessera/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operationFor } from '../../registry.ts';
import { decodeNumbers, encodeNumbers } from '../numbers.ts';
import { PARAMS } from '../params.fixture.ts';
import { pictures } from '../picture.fixture.ts';
import { stateOnGrid } from '../run-on-grid.fixture.ts';
import { channelOf, histogramOf, LEVELS, mergeHistograms } from './histogram.ts';
import { otsuThreshold } from './otsu-threshold.ts';

const COUNTED: readonly OperationName[] = [
  ...(['auto-levels', 'equalize-histogram', 'normalize', 'gray-world', 'otsu', 'k-means', 'statistics'] as const),
];

describe.each(COUNTED)('%s', (op) => {
  it('has one state, in whatever order and by however many its regions are counted, and small partials', () => {
    const operation = operationFor(op);
    if (operation.kind !== 'global') return expect.fail('not global');
    const side = fc.integer({ min: 1, max: 40 });
    const keys = fc.array(fc.nat(), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(
        pictures(),
        PARAMS[op] as fc.Arbitrary<never>,
        side,
        side,
        keys,
        (picture, params, width, height, order) => {
          const whole = stateOnGrid(operation, picture, params, { width: picture.width, height: picture.height });
          const shuffled = stateOnGrid(operation, picture, params, { width, height }, (partials) => {
            expect(Math.max(...partials.map(({ length }) => length))).toBeLessThan(40_000);
            return [...partials.entries()]
              .sort(([a], [b]) => order[a % order.length]! - order[b % order.length]!)
              .map(([, partial]) => partial);
          });
          expect(shuffled).toEqual(whole);
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('histograms of more pixels than 32 bits count', () => {
  const partial = encodeNumbers(
    Float64Array.from({ length: LEVELS }, (_, level) => (level === 7 ? 2 ** 50 + 1 : level)),
  );
  it('add up without losing one', () => {
    const sum = decodeNumbers(mergeHistograms([partial, partial, partial]), 'histogram');
    expect([sum[7], sum[8]]).toEqual([3 * (2 ** 50 + 1), 24]);
  });
  it('that are damaged are refused', () => {
    const damaged = partial.subarray(1);
    expect(() => mergeHistograms([partial, damaged])).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
  });
});

describe('the histogram', () => {
  it('counts every pixel of every channel', () => {
    fc.assert(
      fc.property(pictures(), (picture) => {
        const histogram = histogramOf(picture);
        for (let channel = 0; channel < picture.channels; channel++) {
          const levels = picture.data.filter((_, at) => at % picture.channels === channel);
          const counts = Array.from({ length: LEVELS }, (_, level) => levels.filter((one) => one === level).length);
          expect([...channelOf(histogram, channel)]).toEqual(counts);
        }
      }),
      { numRuns: 20 },
    );
  });
  it('of one level has no threshold above 0', () => {
    expect(otsuThreshold(Float64Array.from({ length: LEVELS }, (_, level) => (level === 90 ? 5 : 0)))).toBe(0);
  });
});
