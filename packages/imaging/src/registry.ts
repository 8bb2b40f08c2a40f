import type { OperationName } from '@tessera/contracts';
import type { Operation } from './operation.ts';
import { canny } from './operations/canny/canny.ts';
import { dilate, erode } from './operations/morphology.ts';
import { gaussianBlur } from './operations/gaussian-blur.ts';
import { grayscale } from './operations/grayscale.ts';
import { invert } from './operations/invert.ts';
import { median } from './operations/median.ts';
import { sharpen } from './operations/sharpen.ts';
import { swapRedBlue } from './operations/swap-red-blue.ts';
import { threshold } from './operations/threshold.ts';

const operations: { readonly [Op in OperationName]: Operation<Op> } = {
  grayscale,
  canny,
  threshold,
  invert,
  'gaussian-blur': gaussianBlur,
  sharpen,
  median,
  dilate,
  erode,
  'swap-red-blue': swapRedBlue,
};

/** The operation of that name: what it reads and how it computes. */
export function operationFor<Op extends OperationName>(op: Op): Operation<Op> {
  return operations[op];
}
