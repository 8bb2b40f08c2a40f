import { SAMPLE_TYPES, type Samples } from '../raster/sample-type.ts';

/** The next greater value that samples of an array can have, or the next smaller one of the greatest. */
export function nextSample(value: number, { constructor, BYTES_PER_ELEMENT }: Samples): number {
  if (constructor === Float32Array) return nextFloat32(value);
  if (constructor === Float64Array) return nextFloat64(value);
  const isSigned = constructor === Int8Array || constructor === Int16Array || constructor === Int32Array;
  const greatest = 2 ** (8 * BYTES_PER_ELEMENT - (isSigned ? 1 : 0)) - 1;
  return value === greatest ? value - 1 : value + 1;
}

/** Bits of positive floats are ordered as the floats are, those of negative ones the other way round. */
function nextFloat32(value: number): number {
  if (value === 0) return 2 ** -149;
  const floats = Float32Array.of(value);
  const bits = new Int32Array(floats.buffer);
  bits[0]! += value < 0 || value >= SAMPLE_TYPES.float32.range[1] ? -1 : 1;
  return floats[0]!;
}

function nextFloat64(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  const floats = Float64Array.of(value);
  const bits = new BigInt64Array(floats.buffer);
  bits[0]! += value < 0 || value >= Number.MAX_VALUE ? -1n : 1n;
  return floats[0]!;
}
