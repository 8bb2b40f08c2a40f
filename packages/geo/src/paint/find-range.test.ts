import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SampleType, Stretch } from '@tessera/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runPython } from '../algebra/numpy-oracle.fixture.ts';
import { SAMPLE_TYPES, type Samples } from '../raster/sample-type.ts';
import { mergeRange, observeRange, startRange } from './find-range.ts';
import type { RangeState } from './range-state.ts';

interface Piece {
  readonly samples: Samples;
  readonly valid?: Uint8Array | undefined;
}

const TYPES = Object.keys(SAMPLE_TYPES) as SampleType[];
const PERCENTS = [
  [2, 98],
  [0, 100],
  [33.3, 50],
] as const;

/** The range of a raster in pieces, with the number of passes it took. States travel as JSON. */
function findRange(pieces: readonly Piece[], type: SampleType, stretch: Stretch) {
  let passes = 0;
  let state = startRange(stretch);
  for (; state.kind === 'open'; passes++) {
    const before: RangeState = state;
    const partials = pieces.map(({ samples, valid }) => observeRange(samples, valid, type, stretch, before));
    state = JSON.parse(JSON.stringify(mergeRange(partials, type, stretch, before))) as RangeState;
  }
  return { range: state.range, passes };
}

function noise(type: SampleType, count: number): Samples {
  const { kind, range, samples } = SAMPLE_TYPES[type];
  const result = samples(count);
  let seed = 12_345;
  const next = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  for (let i = 0; i < count; i++) {
    const [a, b] = [next(), next()];
    result[i] = kind === 'float' ? (a - 0.5) * 10 ** (20 * b - 10) : range[0] + a * b * (range[1] - range[0]);
  }
  const marks = kind === 'float' ? [NaN, Infinity, -Infinity, 0, -0, ...range] : [...range];
  marks.forEach((mark, i) => (result[i * 3] = mark));
  return result;
}

describe('ranges', () => {
  it('are those of numpy for every type of samples', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tessera-ranges-'));
    const cases = TYPES.flatMap((type) => PERCENTS.map((percents) => ({ type, percents, samples: noise(type, 4001) })));
    try {
      await Promise.all(
        cases.map(({ samples }, i) => writeFile(join(folder, String(i)), new Uint8Array(samples.buffer))),
      );
      const request = cases.map(({ type, percents }, i) => [String(i), type, percents]);
      await runPython('../paint/numpy-ranges.py', folder, request);
      const answers = JSON.parse(await readFile(join(folder, 'answer.json'), 'utf8')) as number[][];
      const found = cases.map(({ type, percents: [low, high], samples }) => {
        const pieces = [{ samples: samples.slice(0, 1500) }, { samples: samples.slice(1500) }];
        const exact = findRange(pieces, type, { kind: 'percentiles', low, high });
        const extremes = findRange(pieces, type, { kind: 'extremes' });
        expect(exact.passes).toBe(Math.max(1, SAMPLE_TYPES[type].bytes / 2));
        expect(extremes.passes).toBe(1);
        return [exact.range?.low, exact.range?.high, extremes.range?.low, extremes.range?.high];
      });
      expect(found).toEqual(answers.map((answer) => answer.map((value) => value + 0)));
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('are the same however the raster is cut and in whatever order partials come', () => {
    const sample = fc.oneof(fc.float({ noNaN: false }), fc.constantFrom(0, 0.25, 1));
    const piece = fc.array(fc.tuple(sample, fc.boolean()), { maxLength: 12 }).map((all) => ({
      samples: Float32Array.from(all, ([value]) => value),
      valid: Uint8Array.from(all, ([, valid]) => Number(valid)),
    }));
    const stretch = fc.constantFrom<Stretch>({ kind: 'percentiles', low: 10, high: 75 }, { kind: 'extremes' });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), stretch, fc.nat(), (pieces, wanted, turn) => {
        const values = pieces
          .flatMap(({ samples, valid }) => [...samples].filter((value, i) => valid[i] === 1 && Number.isFinite(value)))
          .sort((a, b) => a - b);
        const at = (percent: number) => values[Math.floor((values.length - 1) * (percent / 100))]! + 0;
        const [low, high] = wanted.kind === 'percentiles' ? [10, 75] : [0, 100];
        const expected = values.length === 0 ? null : { low: at(low), high: at(high) };
        const turned = pieces.map((_, i) => pieces[(i + turn) % pieces.length]!).reverse();
        const whole = {
          samples: Float32Array.from(pieces.flatMap(({ samples }) => [...samples])),
          valid: Uint8Array.from(pieces.flatMap(({ valid }) => [...valid])),
        };
        for (const cut of [pieces, turned, [whole]]) expect(findRange(cut, 'float32', wanted).range).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('are at once those that were given', () => {
    expect(startRange({ kind: 'fixed', low: -1, high: 1 })).toEqual({ kind: 'done', range: { low: -1, high: 1 } });
  });

  it('refuses bytes that are no partial', () => {
    for (const stretch of [{ kind: 'percentiles', low: 2, high: 98 }, { kind: 'extremes' }] as const)
      for (const bytes of [[200], [1, 0], [9, 1, 1], [1, 255, 255, 255, 1, 1], [0, 0]])
        expect(() => mergeRange([Uint8Array.from(bytes)], 'uint8', stretch, startRange(stretch))).toThrow(
          expect.objectContaining({ code: 'INTERNAL' }),
        );
  });
});
