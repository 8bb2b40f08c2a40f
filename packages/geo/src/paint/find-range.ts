import type { SampleType, Stretch } from '@tessera/contracts';
import type { Samples } from '../raster/sample-type.ts';
import {
  DIGIT_VALUES,
  addCounts,
  decodeExtremes,
  encodeCounts,
  encodeExtremes,
  type ExtremesPartial,
} from './range-partial.ts';
import type { RangeState, SoughtRank } from './range-state.ts';
import { sampleKeys } from './sample-key.ts';

/**
 * Finding the range of a stretch over a raster of any size: while the state is `open`, every block is observed, and all
 * partials of the pass are merged to the next state. In whatever way the raster is cut, and in whatever order partials
 * come, the range is the same. Samples that are not finite count as not measured.
 *
 * Percentiles are exact, those of `numpy.percentile(…, method='lower')`: values that occur. It takes one pass for samples
 * of up to 16 bits, two for 32 and four for 64.
 */
export function startRange(stretch: Stretch): RangeState {
  if (stretch.kind === 'fixed') return { kind: 'done', range: { low: stretch.low, high: stretch.high } };
  return { kind: 'open', pass: 0, sought: [] };
}

/** Passes over the whole raster until the range is known. */
export function passesOf(stretch: Stretch, type: SampleType): number {
  if (stretch.kind === 'fixed') return 0;
  return stretch.kind === 'extremes' ? 1 : sampleKeys(type).digits;
}

/** What the merge has to know of a block. Nothing is left to observe of a state that is `done`. */
export function observeRange(
  samples: Samples,
  valid: Uint8Array | undefined,
  type: SampleType,
  stretch: Stretch,
  state: RangeState,
): Uint8Array<ArrayBuffer> {
  if (state.kind === 'done') return new Uint8Array();
  if (stretch.kind === 'extremes') return encodeExtremes(extremes(samples, valid));
  const prefixes = prefixesOf(state);
  const counts = prefixes.map(() => new Uint32Array(DIGIT_VALUES));
  sampleKeys(type).count(samples, valid, state.pass, prefixes, counts);
  return encodeCounts(counts);
}

/**
 * The state after a pass.
 *
 * @param partials Of all blocks, in any order.
 * @throws AppError INTERNAL for a partial that is none.
 */
export function mergeRange(
  partials: Iterable<Uint8Array>,
  type: SampleType,
  stretch: Stretch,
  state: RangeState,
): RangeState {
  if (state.kind === 'done') return state;
  if (stretch.kind !== 'percentiles') return mergeExtremes(partials);
  const prefixes = prefixesOf(state);
  const counts = prefixes.map(() => new Float64Array(DIGIT_VALUES));
  for (const partial of partials) addCounts(partial, counts);
  const sought = state.pass === 0 ? ranksOf(stretch, counts[0]!) : state.sought;
  if (sought === null) return { kind: 'done', range: null };
  const { digits, sampleOf } = sampleKeys(type);
  const found = sought.map(({ prefix, rank }) => ({ prefix, ...findDigit(counts[prefixes.indexOf(prefix)]!, rank) }));
  if (state.pass + 1 < digits) {
    const next = found.map(({ prefix, digit, rank }) => ({ prefix: prefix * DIGIT_VALUES + digit, rank }));
    return { kind: 'open', pass: state.pass + 1, sought: next };
  }
  const [low = 0, high = 0] = found.map(({ prefix, digit }) => sampleOf([...splitPrefix(prefix, digits - 1), digit]));
  // −0 is 0.
  return { kind: 'done', range: { low: low + 0, high: high + 0 } };
}

/** Digits known so far, each once; before the first pass there are none, which is one beginning for all. */
function prefixesOf({ pass, sought }: Extract<RangeState, { kind: 'open' }>): readonly number[] {
  return pass === 0 ? [0] : [...new Set(sought.map(({ prefix }) => prefix))];
}

/** Ranks as numpy computes them; null where nothing was measured. */
function ranksOf(
  { low, high }: Extract<Stretch, { kind: 'percentiles' }>,
  counts: Float64Array,
): readonly SoughtRank[] | null {
  let measured = 0;
  for (const count of counts) measured += count;
  if (measured === 0) return null;
  return [low, high].map((percent) => ({ prefix: 0, rank: Math.floor((measured - 1) * (percent / 100)) }));
}

/** The digit of the sample of this rank, and its rank among the samples with this digit. */
function findDigit(counts: Float64Array, rank: number): { readonly digit: number; readonly rank: number } {
  let left = rank;
  let digit = 0;
  while (digit < DIGIT_VALUES - 1 && left >= counts[digit]!) left -= counts[digit++]!;
  return { digit, rank: left };
}

function splitPrefix(prefix: number, digits: number): readonly number[] {
  return Array.from(
    { length: digits },
    (_, index) => Math.floor(prefix / DIGIT_VALUES ** (digits - 1 - index)) % DIGIT_VALUES,
  );
}

function extremes(samples: Samples, valid: Uint8Array | undefined): ExtremesPartial {
  let [least, greatest] = [Infinity, -Infinity];
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i]!;
    if (valid?.[i] === 0 || sample - sample !== 0) continue;
    if (sample < least) least = sample;
    if (sample > greatest) greatest = sample;
  }
  return { least, greatest };
}

function mergeExtremes(partials: Iterable<Uint8Array>): RangeState {
  let [low, high] = [Infinity, -Infinity];
  for (const partial of partials) {
    const { least, greatest } = decodeExtremes(partial);
    low = Math.min(low, least);
    high = Math.max(high, greatest);
  }
  return { kind: 'done', range: low > high ? null : { low: low + 0, high: high + 0 } };
}
