import type { Ranker } from './ranker.ts';
import type { CountedSamples } from './sample-limits.ts';
import type { SampleStack } from './sample-stack.ts';
import type { RankKernels } from './simd/kernels.ts';
import { workArea, type WorkArea } from './work-area.ts';

/** Ranks eight or four pixels at a time in the memory of the stack: packages/geo/assembly. */
export function vectorRanker(kernels: RankKernels): Ranker {
  return {
    triplets(stack, ranks, mode, target, counts) {
      const { nodata, saturation } = stack.limits;
      const kernel = stack.shape.type === 'uint8' ? kernels.rankTriplets8 : kernels.rankTriplets16;
      rank(stack, 0, ranks, target, counts, (area, scenes, from, pixels) => {
        const { offsets, target, targetPlane, counts, scratch } = area;
        kernel(
          offsets,
          scenes,
          stack.planeBytes,
          from,
          pixels,
          nodata,
          saturation,
          area.ranks,
          mode === 'exact',
          target,
          targetPlane,
          counts,
          scratch,
        );
      });
    },
    band(stack, band, ranks, target, counts) {
      const { nodata, saturation } = stack.limits;
      const kernel = stack.shape.type === 'uint8' ? kernels.rankBand8 : kernels.rankBand16;
      rank(stack, band, ranks, [target], counts, (area, scenes, from, pixels) => {
        const { offsets, target, counts, scratch } = area;
        kernel(offsets, scenes, from, pixels, nodata, saturation, area.ranks, target, counts, scratch);
      });
    },
  };
}

/** Runs a kernel on one tile after the other: it finds its arguments in the work area, and leaves its results there. */
function rank(
  stack: SampleStack,
  band: number,
  ranks: Uint16Array,
  target: readonly CountedSamples[],
  counts: Uint16Array,
  run: (area: WorkArea, scenes: number, from: number, pixels: number) => void,
): void {
  const { buffer, start } = stack.space;
  const area = moved(workArea(stack.shape.scenes), start);
  const offsets = stack.offsets(band);
  new Uint32Array(buffer, area.offsets, offsets.length).set(offsets);
  new Uint16Array(buffer, area.ranks, ranks.length).set(ranks);
  const Samples = stack.shape.type === 'uint8' ? Uint8Array : Uint16Array;
  const tiles = target.map((_, plane) => new Samples(buffer, area.target + plane * area.targetPlane, area.pixels));
  const numbers = new Uint16Array(buffer, area.counts, area.pixels);
  for (let from = 0; from < stack.shape.pixels; from += area.pixels) {
    const pixels = Math.min(area.pixels, stack.shape.pixels - from);
    run(area, offsets.length, from, pixels);
    target.forEach((plane, index) => {
      plane.set(tiles[index]!.subarray(0, pixels), from);
    });
    counts.set(numbers.subarray(0, pixels), from);
  }
}

function moved(area: WorkArea, by: number): WorkArea {
  return {
    ...area,
    offsets: area.offsets + by,
    ranks: area.ranks + by,
    target: area.target + by,
    counts: area.counts + by,
    scratch: area.scratch + by,
  };
}
