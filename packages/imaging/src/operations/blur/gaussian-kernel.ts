/** Kernels that OpenCV takes from a table when no sigma is given, in 1/256. */
const SMALL: Readonly<Record<number, readonly number[]>> = {
  1: [256],
  3: [64, 128, 64],
  5: [16, 64, 96, 64, 16],
  7: [8, 28, 56, 72, 56, 28, 8],
  9: [4, 13, 30, 51, 60, 51, 30, 13, 4],
};

/** The Gaussian kernel in 1/256, for pixels of 8 bits. */
export function gaussianKernel(ksize: number, sigma: number): Uint16Array {
  return Uint16Array.from(gaussianWeights(ksize, sigma, 256));
}

/**
 * The Gaussian kernel of `ksize` (odd) weights in 1/`one`, symmetric, sum exactly `one`. `sigma` is in pixels; 0 derives it
 * from the size as `0.15 ksize + 0.35`. Each weight is rounded half to even with the rounding error of the ones before
 * it carried on, from the outermost inwards, and the middle one takes what is left: OpenCV's bit-exact kernels,
 * which have 1/256 for pixels of 8 bits and 1/65536 for 16.
 */
export function gaussianWeights(ksize: number, sigma: number, one: number): Float64Array {
  const small = SMALL[ksize];
  if (ksize === 1 || (sigma <= 0 && small !== undefined))
    return Float64Array.from(small!, (weight) => weight * (one / 256));
  const deviation = sigma > 0 ? sigma : 0.15 * ksize + 0.35;
  const scale = -0.125 / (deviation * deviation);
  const middle = (ksize - 1) / 2;
  const values: number[] = [];
  let sum = 0;
  for (let index = 0; index < middle; index++) {
    const twice = 2 * (index - middle);
    const value = Math.exp(twice * twice * scale);
    values.push(value);
    sum += value;
  }
  const total = 2 * sum + 1;
  const kernel = new Float64Array(ksize);
  let carried = 0;
  let placed = 0;
  for (const [index, value] of values.entries()) {
    const wanted = value * (1 / total) * one + carried;
    const weight = roundHalfEven(wanted);
    carried = wanted - weight;
    kernel[index] = weight;
    kernel[ksize - 1 - index] = weight;
    placed += 2 * weight;
  }
  kernel[middle] = one - placed;
  return kernel;
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
