import type { Resampling } from '@tessera/contracts';
import type { Scale } from './resample.ts';

/** A sample of a source by its column and row; `undefined` where there is none. */
export type ReadSample = (column: number, row: number) => number | undefined;
/** The value at a place between pixels. */
export type TakeValue = (column: number, row: number) => number | undefined;
type Smooth = Exclude<Resampling, 'nearest'>;

/** Pixels that a kernel reaches on either side, where it is not made wider. */
const RADIUS: Readonly<Record<Smooth, number>> = { bilinear: 1, cubic: 2 };
/** Weights below it are none: GDAL's. */
const LEAST_NARROW = 1e-5;
const LEAST_WIDE = 1e-6;

/** Source pixels that a kernel reaches on either side of a place. */
export function reach(resampling: Resampling, scale: Scale): { readonly across: number; readonly down: number } {
  if (resampling === 'nearest') return { across: 1, down: 1 };
  const along = (side: number): number => Math.ceil(RADIUS[resampling] / Math.min(1, side)) + 1;
  return { across: along(scale.across), down: along(scale.down) };
}

/** A whole rectangle of samples: what lies within need not be asked for one by one. */
export interface SampleRows {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly samples: ArrayLike<number>;
  readonly valid: Uint8Array | undefined;
}

/**
 * For targets that are as fine as the source, or finer: kernels of 2 × 2 and 4 × 4 pixels. Inside a rectangle without holes
 * the same is computed, in the same order, by a shorter way.
 */
export function resampleNarrow(read: ReadSample, rows: SampleRows, resampling: Smooth): TakeValue {
  return resampling === 'bilinear' ? bilinear(read, rows) : cubic(read, rows);
}

function bilinear(read: ReadSample, rows: SampleRows): TakeValue {
  const { samples, width } = rows;
  return (column, row) => {
    const x = Math.floor(column - 0.5);
    const y = Math.floor(row - 0.5);
    const dx = column - 0.5 - x;
    const dy = row - 0.5 - y;
    let sum = 0;
    let weights = 0;
    const at = placeOf(rows, x, y, 2);
    if (at !== undefined) {
      const [upper, lower] = [1 - dy, dy];
      sum = samples[at]! * ((1 - dx) * upper);
      sum += samples[at + 1]! * (dx * upper);
      sum += samples[at + width]! * ((1 - dx) * lower);
      sum += samples[at + width + 1]! * (dx * lower);
      weights = (1 - dx) * upper + dx * upper + (1 - dx) * lower + dx * lower;
      return weights === 1 ? sum : sum / weights;
    }
    for (let line = 0; line < 2; line++) {
      for (let side = 0; side < 2; side++) {
        const sample = read(x + side, y + line);
        if (sample === undefined) continue;
        const weight = (side === 0 ? 1 - dx : dx) * (line === 0 ? 1 - dy : dy);
        sum += sample * weight;
        weights += weight;
      }
    }
    return weights < LEAST_NARROW ? undefined : weights === 1 ? sum : sum / weights;
  };
}

function cubic(read: ReadSample, rows: SampleRows): TakeValue {
  const { samples, width } = rows;
  const otherwise = bilinear(read, rows);
  const four = new Float64Array(4);
  const across = new Float64Array(4);
  const down = new Float64Array(4);
  return (column, row) => {
    const x = Math.floor(column - 0.5);
    const y = Math.floor(row - 0.5);
    cubicWeights(column - 0.5 - x, across);
    cubicWeights(row - 0.5 - y, down);
    const at = placeOf(rows, x - 1, y - 1, 4);
    let sum = 0;
    for (let line = 0; line < 4; line++) {
      for (let side = 0; side < 4; side++) {
        const sample = at === undefined ? read(x - 1 + side, y - 1 + line) : samples[at + line * width + side];
        if (sample === undefined) return otherwise(column, row);
        four[side] = sample;
      }
      sum +=
        (four[0]! * across[0]! + four[1]! * across[1]! + four[2]! * across[2]! + four[3]! * across[3]!) * down[line]!;
    }
    return sum;
  };
}

/** Where a square begins among the samples, if all of it is there. */
function placeOf({ x, y, width, height, valid }: SampleRows, column: number, row: number, side: number) {
  const [left, top] = [column - x, row - y];
  const isWithin = valid === undefined && left >= 0 && top >= 0 && left + side <= width && top + side <= height;
  return isWithin ? top * width + left : undefined;
}

/** For coarser targets: the kernel is as wide as a target pixel demands. */
export function resampleWide(read: ReadSample, { across, down }: Scale, resampling: Smooth): TakeValue {
  const side = { across: Math.min(1, across), down: Math.min(1, down) };
  const weigh = resampling === 'cubic' ? cubicWeight : bilinearWeight;
  const radius = {
    across: Math.ceil(RADIUS[resampling] / side.across),
    down: Math.ceil(RADIUS[resampling] / side.down),
  };
  const columns = new Float64Array(2 * radius.across + 1);
  const rows = new Float64Array(2 * radius.down + 1);
  return (column, row) => {
    const x = Math.floor(column - 0.5);
    const y = Math.floor(row - 0.5);
    const dx = column - 0.5 - x;
    const dy = row - 0.5 - y;
    for (let i = 0; i < columns.length; i++) columns[i] = weigh(Math.abs(i - radius.across - dx) * side.across);
    for (let i = 0; i < rows.length; i++) rows[i] = weigh(Math.abs(i - radius.down - dy) * side.down);
    let sum = 0;
    let weights = 0;
    for (let j = 0; j < rows.length; j++) {
      const vertical = rows[j]!;
      if (vertical === 0) continue;
      for (let i = 0; i < columns.length; i++) {
        const weight = columns[i]! * vertical;
        if (weight === 0) continue;
        const sample = read(x + i - radius.across, y + j - radius.down);
        if (sample === undefined) continue;
        sum += sample * weight;
        weights += weight;
      }
    }
    return weights < LEAST_WIDE ? undefined : sum / weights;
  };
}

const bilinearWeight = (distance: number): number => (distance < 1 ? 1 - distance : 0);

/** Keys' cubic convolution with a = −½, as GDAL's. */
function cubicWeight(distance: number): number {
  if (distance < 1) return (1.5 * distance - 2.5) * distance * distance + 1;
  return distance < 2 ? ((-0.5 * distance + 2.5) * distance - 4) * distance + 2 : 0;
}

function cubicWeights(between: number, weights: Float64Array): void {
  weights[0] = cubicWeight(1 + between);
  weights[1] = cubicWeight(between);
  weights[2] = cubicWeight(1 - between);
  weights[3] = cubicWeight(2 - between);
}
