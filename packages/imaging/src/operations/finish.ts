/**
 * How a level is made of the sum of a kernel, or of the sums of two; results are rounded to the nearest integer, halves up,
 * and cut off at 0 and 255 by whoever stores them.
 */
export type Finish =
  /** sum / by + offset */
  | { readonly kind: 'linear'; readonly by: number; readonly offset: number }
  /** scale · |sum| */
  | { readonly kind: 'amount'; readonly scale: number }
  /** scale · √(sum² + second²) */
  | { readonly kind: 'length'; readonly scale: number };

/** The sum itself. */
export const PLAIN: Finish = { kind: 'linear', by: 1, offset: 0 };

/** The level before it is cut off. */
export function finisher(finish: Finish): (sum: number, second: number) => number {
  switch (finish.kind) {
    case 'linear': {
      const { by, offset } = finish;
      return (sum) => Math.floor(sum / by + offset + 0.5);
    }
    case 'amount': {
      const { scale } = finish;
      return (sum) => Math.floor(scale * Math.abs(sum) + 0.5);
    }
    case 'length': {
      const { scale } = finish;
      return (sum, second) => Math.floor(scale * Math.sqrt(sum * sum + second * second) + 0.5);
    }
  }
}

/** What packages/imaging/assembly/finish.ts knows it by: number, factor and offset. */
export type FinishArguments = readonly [finish: number, factor: number, offset: number];

/** @param integers whether all sums are integers. */
export function finishArguments(finish: Finish, integers: boolean): FinishArguments {
  switch (finish.kind) {
    case 'linear': {
      const { by, offset } = finish;
      const plain = integers && by === 1 && Number.isInteger(offset);
      return [plain ? 0 : 2, by, offset];
    }
    case 'amount':
      return [integers && finish.scale === 1 ? 1 : 3, finish.scale, 0];
    case 'length':
      return [4, finish.scale, 0];
  }
}
