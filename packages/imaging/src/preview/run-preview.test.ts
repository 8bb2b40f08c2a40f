import type { OperationName, Region, Size, Step } from '@tessera/contracts';
import { OPERATIONS } from '@tessera/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PARAMS } from '../operations/params.fixture.ts';
import { noise, pictures } from '../operations/picture.fixture.ts';
import { cut, namedSources, runWhole } from '../operations/run-on-grid.fixture.ts';
import { sizeAfter } from '../pass/walk.ts';
import { operationFor } from '../registry.ts';
import type { Raster } from '../raster.ts';
import { contains, wholeOf } from '../region.ts';
import { countsColours, overviewStates, previewInput, previewIsExact, runPreview } from './run-preview.ts';

const stepOf = (op: OperationName): fc.Arbitrary<Step> =>
  (PARAMS[op] as fc.Arbitrary<object>).map((params) => ({ op, params }) as Step);
const steps = (ops: readonly OperationName[]) => fc.array(fc.constantFrom(...ops).chain(stepOf), { maxLength: 4 });
const ALL = OPERATIONS.map(({ op }) => op);
const LOCAL = ALL.filter((op) => operationFor(op).kind !== 'global');

/** Size of the result of a pipeline that leaves something of the picture. */
function sizeOf(pipeline: readonly Step[], picture: Size): Size {
  try {
    return sizeAfter(pipeline, picture);
  } catch (error) {
    fc.pre(false);
    throw error;
  }
}

/** A region of a picture out of four shares. */
function regionIn({ width, height }: Size, [a, b, c, d]: readonly [number, number, number, number]): Region {
  const span = (p: number, q: number, most: number): readonly [number, number] => {
    const first = Math.min(most - 1, Math.floor(Math.min(p, q) * most));
    return [first, Math.max(1, Math.floor(Math.max(p, q) * most) - first)];
  };
  const [x, w] = span(a, b, width);
  const [y, h] = span(c, d, height);
  return { x, y, width: w, height: h };
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
const shares = fc.tuple(share, share, share, share);

/** The result of the job: each operation over the whole picture, one after another. */
const resultOf = (pipeline: readonly Step[], picture: Raster): Raster =>
  pipeline.reduce((raster, { op, params }) => runWhole(op, raster, params as never), picture);

describe('a preview at full size', () => {
  it('has the very pixels of the result, for all operations that look no further than their halo', () => {
    fc.assert(
      fc.property(pictures(70), steps(LOCAL), shares, (picture, pipeline, at) => {
        const region = regionIn(sizeOf(pipeline, picture), at);
        const preview = runPreview(pipeline, region, picture, (needed) => cut(picture, needed), [], namedSources);
        expect(previewIsExact(pipeline, region, picture)).toBe(true);
        expect(preview).toEqual(cut(resultOf(pipeline, picture), region).raster);
      }),
      { numRuns: 150 },
    );
  });

  it('has them where colours were counted in the whole picture, whatever part is shown', () => {
    const counting = ALL.filter((op) => countsColours([{ op, params: {} } as Step]));
    expect(counting).toContain('k-means');
    fc.assert(
      fc.property(pictures(70), steps([...LOCAL, ...counting, ...counting]), shares, (picture, pipeline, at) => {
        const region = regionIn(sizeOf(pipeline, picture), at);
        const states = overviewStates(pipeline, picture, namedSources);
        const preview = runPreview(pipeline, region, picture, (needed) => cut(picture, needed), states, namedSources);
        expect(preview).toEqual(cut(resultOf(pipeline, picture), region).raster);
      }),
      { numRuns: 40 },
    );
  });

  it('has them for all operations where it says so', () => {
    fc.assert(
      fc.property(pictures(70), steps(ALL), shares, (picture, pipeline, at) => {
        const region = regionIn(sizeOf(pipeline, picture), at);
        if (!previewIsExact(pipeline, region, picture)) return;
        const preview = runPreview(pipeline, region, picture, (needed) => cut(picture, needed), [], namedSources);
        expect(preview).toEqual(cut(resultOf(pipeline, picture), region).raster);
      }),
      { numRuns: 100 },
    );
  });

  it('shows edges like those of the result inside a large picture, and does not call them exact', () => {
    const picture = noise(600, 500, 3, 7, 16);
    const pipeline: Step[] = [
      { op: 'gaussian-blur', params: { ksize: 5, sigma: 0 } },
      { op: 'canny', params: { low: 40, high: 90, aperture: 3, l2: false } },
      { op: 'dilate', params: { ksize: 3, shape: 'rectangle', iterations: 1 } },
    ];
    const region = { x: 200, y: 200, width: 150, height: 120 };
    const preview = runPreview(pipeline, region, picture, (needed) => cut(picture, needed), [], namedSources);
    const result = cut(resultOf(pipeline, picture), region).raster;
    expect(previewIsExact(pipeline, region, picture)).toBe(false);
    const off = preview.data.reduce((count, level, at) => count + (level === result.data[at] ? 0 : 1), 0);
    expect(off / result.data.length).toBeLessThan(0.02);
  });
});

describe('previewInput', () => {
  it('lies in the picture and holds the region', () => {
    fc.assert(
      fc.property(pictures(70), steps(ALL), shares, (picture, pipeline, at) => {
        const region = regionIn(sizeOf(pipeline, picture), at);
        const needed = previewInput(pipeline, region, picture);
        const moves = pipeline.some(({ op }) => operationFor(op).kind === 'geometry');
        expect(moves || contains(needed, region)).toBe(true);
        expect(contains(wholeOf(picture), needed)).toBe(true);
      }),
    );
  });
});
