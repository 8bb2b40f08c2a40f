import type { OperationParams } from '@tessera/contracts';

/** Weights by the distance of two squares, in whole numbers. */
export interface Weights {
  /** The sum of squared differences, shifted right by so many bits, is the index of the weight. */
  readonly shift: number;
  /** Beyond its end weights are 0. */
  readonly table: Int32Array;
}

/** Largest sum of weighted levels that a signed 32-bit number holds. */
const MOST = 2 ** 31 - 1;
/** Weights below this share of the largest are taken for 0. */
const LEAST_SHARE = 0.001;

/**
 * OpenCV's weights `exp(−d² / (h² channels))` of the mean squared difference d² of the pixels of two squares: in fixed
 * point, as large as the sum over the whole search may be; the mean is approximated by a shift, and the table made up for it.
 *
 * @param colours 1 or 3.
 */
export function weightsOf(params: OperationParams<'non-local-means'>, colours: number): Weights {
  const { strength, template, search } = params;
  const one = Math.floor(MOST / (search * search * 255));
  const area = template * template;
  const shift = Math.ceil(Math.log2(area));
  const stretch = 2 ** shift / area;
  const count = Math.floor((255 * 255 * colours) / stretch + 1);
  const h = Math.fround(strength);
  const scale = Math.fround(Math.fround(h * h) * colours);
  const weights: number[] = [];
  for (let index = 0; index < count; index++) {
    const weight = weightOf(index * stretch, scale, one);
    if (weight === 0) break;
    weights.push(weight);
  }
  return { shift, table: Int32Array.from(weights) };
}

function weightOf(distance: number, scale: number, one: number): number {
  // Without any strength only what is the same counts.
  const share = distance === 0 ? 1 : Math.exp(-distance / scale);
  const weight = Math.round(one * share);
  return weight < LEAST_SHARE * one ? 0 : weight;
}
