import type { Ranker } from './ranker.ts';
import { selectRank } from './select-rank.ts';
import type { CountedSamples } from './sample-limits.ts';
import type { SampleStack } from './sample-stack.ts';

/** Pixels whose keys are gathered at one time: planes are read in runs, and the keys stay in the cache. */
const TILE = 256;

/** Ranks pixel by pixel: what the vector kernels are held against, and what works where there are none. */
export const scalarRanker: Ranker = { triplets: rankTriplets, band: rankBand };

function rankTriplets(
  stack: SampleStack,
  ranks: Uint16Array,
  mode: 'exact' | 'course',
  target: readonly CountedSamples[],
  counts: Uint16Array,
): void {
  const [reds, greens, blues] = [stack.planes(0), stack.planes(1), stack.planes(2)];
  const { nodata, saturation } = stack.limits;
  const scenes = reds.length;
  const base = stack.shape.type === 'uint8' ? 256 : 65_536;
  const exact = mode === 'exact';
  const keys = new Float64Array(TILE * scenes);
  for (let from = 0; from < stack.shape.pixels; from += TILE) {
    const to = Math.min(from + TILE, stack.shape.pixels);
    for (let scene = 0; scene < scenes; scene++) {
      const [red, green, blue] = [reds[scene]!, greens[scene]!, blues[scene]!];
      for (let at = from; at < to; at++) {
        const [r, g, b] = [red[at]!, green[at]!, blue[at]!];
        if (r === nodata || g === nodata || b === nodata) continue;
        if (r === saturation || g === saturation || b === saturation) continue;
        const sum = r + g + b;
        // At most 18 + 16 + 16 bits. Each key is of one triplet, or of one scene.
        keys[(at - from) * scenes + counts[at]!++] = exact ? (sum * base + r) * base + g : sum * scenes + scene;
      }
    }
    for (let at = from; at < to; at++) {
      const count = counts[at]!;
      if (count === 0) {
        for (const band of target) band[at] = nodata;
        continue;
      }
      const first = (at - from) * scenes;
      const key = selectRank(keys.subarray(first, first + count), count, ranks[count]!);
      if (exact) {
        const g = key % base;
        const rest = (key - g) / base;
        const r = rest % base;
        target[0]![at] = r;
        target[1]![at] = g;
        target[2]![at] = (rest - r) / base - r - g;
      } else {
        const scene = key % scenes;
        target[0]![at] = reds[scene]![at]!;
        target[1]![at] = greens[scene]![at]!;
        target[2]![at] = blues[scene]![at]!;
      }
    }
  }
}

function rankBand(
  stack: SampleStack,
  band: number,
  ranks: Uint16Array,
  target: CountedSamples,
  counts: Uint16Array,
): void {
  const planes = stack.planes(band);
  const { nodata, saturation } = stack.limits;
  const keys = new Float64Array(TILE * planes.length);
  for (let from = 0; from < target.length; from += TILE) {
    const to = Math.min(from + TILE, target.length);
    for (const plane of planes) {
      for (let at = from; at < to; at++) {
        const sample = plane[at]!;
        if (sample === nodata || sample === saturation) continue;
        keys[(at - from) * planes.length + counts[at]!++] = sample;
      }
    }
    for (let at = from; at < to; at++) {
      const count = counts[at]!;
      const first = (at - from) * planes.length;
      target[at] = count === 0 ? nodata : selectRank(keys.subarray(first, first + count), count, ranks[count]!);
    }
  }
}
