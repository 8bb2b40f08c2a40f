/** The two factors of a Sobel kernel: it smooths along one axis and differentiates along the other. */
export interface SobelKernel {
  readonly smooth: readonly number[];
  readonly derive: readonly number[];
  /** Gradients are divided by this, rounded half to even. */
  readonly divisor: 1 | 16;
}

/** Sobel kernels by their side; with side 7 gradients are scaled to fit 16 bits, as OpenCV's Canny does. */
export const SOBEL: Readonly<Record<3 | 5 | 7, SobelKernel>> = {
  3: { smooth: [1, 2, 1], derive: [-1, 0, 1], divisor: 1 },
  5: { smooth: [1, 4, 6, 4, 1], derive: [-1, -2, 0, 2, 1], divisor: 1 },
  7: { smooth: [1, 6, 15, 20, 15, 6, 1], derive: [-1, -4, -5, 0, 5, 4, 1], divisor: 16 },
};

/** `value / 16` rounded to the nearest integer, halves to the even one. */
export function sixteenth(value: number): number {
  const quotient = value >> 4;
  const rest = value & 15;
  return rest > 8 || (rest === 8 && (quotient & 1) === 1) ? quotient + 1 : quotient;
}
