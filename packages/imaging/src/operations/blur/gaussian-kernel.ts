/** Kernels that OpenCV takes from a table when no sigma is given, in 1/256. */
const SMALL: Readonly<Record<number, readonly number[]>> = {
  1: [256],
  3: [64, 128, 64],
  5: [16, 64, 96, 64, 16],
  7: [8, 28, 56, 72, 56, 28, 8],
  9: [4, 13, 30, 51, 60, 51, 30, 13, 4],
};

/**
 * The Gaussian kernel of `ksize` (odd) weights in 1/256, symmetric, sum exactly 256. `sigma` is in pixels; 0 derives it
 * from the size as `0.15 ksize + 0.35`. Each weight is rounded half to even with the rounding error of the ones before
 * it carried on, from the outermost inwards, and the middle one takes what is left: OpenCV's bit-exact kernel for
 * 8-bit pixels.
 */
export function gaussianKernel(ksize: number, sigma: number): Uint16Array {
  const small = SMALL[ksize];
  if (ksize === 1 || (sigma <= 0 && small !== undefined)) return Uint16Array.from(small!);
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
  const kernel = new Uint16Array(ksize);
  let carried = 0;
  let placed = 0;
  for (const [index, value] of values.entries()) {
    const wanted = value * (1 / total) * 256 + carried;
    const weight = roundHalfEven(wanted);
    carried = wanted - weight;
    kernel[index] = weight;
    kernel[ksize - 1 - index] = weight;
    placed += 2 * weight;
  }
  kernel[middle] = 256 - placed;
  return kernel;
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
