import type { OperationParams } from '@tessera/contracts';
import { reflect101 } from '../../border.ts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import { colourChannels } from '../../raster.ts';
import { runFilter, type Filter, type VectorFilter } from '../filter.ts';
import { tileArguments, type Tile } from '../tile.ts';

/**
 * The bilateral filter (C. Tomasi and R. Manduchi, 1998) over a disc: neighbours are weighted by two Gaussians, of their
 * distance and of the sum of the differences of their colours, as OpenCV's `bilateralFilter` has it: all in floating point
 * numbers of 32 bits, added row by row.
 */
export const bilateral: NeighbourhoodOperation<'bilateral'> = {
  op: 'bilateral',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ ksize }) => (ksize - 1) / 2,
  apply: (input, region, picture, params) => runFilter(input, region, picture, bilateralFilter(params)),
};

/** The filter of such parameters. */
export function bilateralFilter(params: OperationParams<'bilateral'>): Filter {
  const radius = (params.ksize - 1) / 2;
  const discs = discOf(radius, params.sigmaSpace);
  // The largest difference is that of three colours.
  const likeness = Float32Array.from({ length: 3 * 255 + 1 }, (_, difference) =>
    Math.exp((-0.5 * difference * difference) / (params.sigmaColour * params.sigmaColour)),
  );
  return {
    reach: { left: radius, right: radius, above: radius, below: radius },
    border: reflect101,
    outside: 0,
    targetChannels: (channels) => channels,
    tileSamples: 1536,
    scalar: (tile) => {
      weigh(tile, { radius, discs, likeness });
    },
    vector: inVectors({ radius, discs, likeness }),
  };
}

interface Weights {
  readonly radius: number;
  readonly discs: readonly { readonly dx: number; readonly dy: number; readonly weight: number }[];
  /** By the sum of differences in levels. */
  readonly likeness: Float32Array;
}

/** One after another: numbers of likeness, of nearness, and the distances of the steps. */
function inVectors({ radius, discs, likeness }: Weights): VectorFilter {
  const near = Float32Array.from(discs, ({ weight }) => weight);
  return {
    scratchBytes: () => 4 * likeness.length + 8 * discs.length,
    run: ({ bilateral: run }, tile, scratch) => {
      const { buffer, byteOffset } = scratch;
      const places = {
        near: byteOffset + likeness.byteLength,
        steps: byteOffset + likeness.byteLength + near.byteLength,
      };
      new Float32Array(buffer, byteOffset, likeness.length).set(likeness);
      new Float32Array(buffer, places.near, near.length).set(near);
      new Int32Array(buffer, places.steps, discs.length).set(
        discs.map(({ dx, dy }) => dy * tile.sourceStride + dx * tile.channels),
      );
      const [source, ...rest] = tileArguments(tile);
      const first = source + radius * tile.sourceStride + radius * tile.channels;
      run(first, ...rest, places.steps, places.near, byteOffset, discs.length);
    },
  };
}

/** The pixels of a disc, with the weight of their distance. */
function discOf(radius: number, sigma: number): Weights['discs'] {
  const side = Array.from({ length: 2 * radius + 1 }, (_, n) => n - radius);
  return side
    .flatMap((dy) => side.map((dx) => ({ dx, dy, square: dx * dx + dy * dy })))
    .filter(({ square }) => square <= radius * radius)
    .map(({ dx, dy, square }) => ({ dx, dy, weight: Math.exp((-0.5 * square) / (sigma * sigma)) }));
}

function weigh(tile: Tile, { radius, discs, likeness }: Weights): void {
  const { source, sourceStride, target, targetStride, samples, rows, channels } = tile;
  const colours = colourChannels(channels);
  const steps = discs.map(({ dx, dy }) => dy * sourceStride + dx * channels);
  const near = Float32Array.from(discs, ({ weight }) => weight);
  const { fround } = Math;
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < samples; i += channels) {
      const here = (row + radius) * sourceStride + radius * channels + i;
      const [a, b, c] = [source[here]!, colours > 1 ? source[here + 1]! : 0, colours > 2 ? source[here + 2]! : 0];
      let [sumA, sumB, sumC, total] = [0, 0, 0, 0];
      for (let n = 0; n < steps.length; n++) {
        const at = here + steps[n]!;
        const valueA = source[at]!;
        if (colours === 1) {
          const weight = fround(near[n]! * likeness[Math.abs(valueA - a)]!);
          sumA = fround(sumA + fround(weight * valueA));
          total = fround(total + weight);
          continue;
        }
        const [valueB, valueC] = [source[at + 1]!, source[at + 2]!];
        const difference = Math.abs(valueA - a) + Math.abs(valueB - b) + Math.abs(valueC - c);
        const weight = fround(near[n]! * likeness[difference]!);
        sumA = fround(sumA + fround(weight * valueA));
        sumB = fround(sumB + fround(weight * valueB));
        sumC = fround(sumC + fround(weight * valueC));
        total = fround(total + weight);
      }
      const to = row * targetStride + i;
      target[to] = fround(fround(sumA / total) + 0.5);
      if (colours === 1) continue;
      target[to + 1] = fround(fround(sumB / total) + 0.5);
      target[to + 2] = fround(fround(sumC / total) + 0.5);
    }
  }
}
