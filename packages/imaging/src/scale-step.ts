import type { OperationName, OperationParams, Step } from '@tessera/contracts';

/** Gives the parameters at a scale, or undefined where nothing is left of the operation. */
type ScaleParams<Op extends OperationName> = (
  params: OperationParams<Op>,
  scale: number,
) => OperationParams<Op> | undefined;

const same = <Params>(params: Params): Params => params;

/** The odd number nearest to `value`, at least 1. */
function nearestOdd(value: number): number {
  return 2 * Math.max(0, Math.round((value - 1) / 2)) + 1;
}

/** A kernel's side at a scale. Odd sides stay odd and even ones even, for those reach further to one side. */
function side(ksize: number, scale: number): number {
  return ksize % 2 === 1 ? nearestOdd(ksize * scale) : 2 * Math.round((ksize * scale) / 2);
}

const square = ({ ksize }: { readonly ksize: number }, scale: number): { ksize: number } | undefined => {
  const scaled = side(ksize, scale);
  return scaled <= 1 ? undefined : { ksize: scaled };
};

/** Operations that look at neighbours; all others do the same at every scale. */
const scalings: { readonly [Op in OperationName]?: ScaleParams<Op> } = {
  // Its thresholds are gradients of pixels; what is seen of them at another scale is the nearest there is.
  canny: same,
  // It raises what differs from the pixel beside it, and that is gone as soon as neighbours become one pixel.
  sharpen: (params, scale) => (nearestOdd(3 * scale) < 3 ? undefined : params),
  median: ({ ksize }, scale) => {
    const scaled = nearestOdd(ksize * scale);
    return scaled === 3 || scaled === 5 || scaled === 7 ? { ksize: scaled } : undefined;
  },
  dilate: square,
  erode: square,
  'gaussian-blur': ({ ksize, sigma }, scale) => {
    const scaled = nearestOdd(ksize * scale);
    // Without a sigma the kernel derives it from the side; that of the full size is meant.
    const wanted = (sigma > 0 ? sigma : 0.15 * ksize + 0.35) * scale;
    return scaled === 1 ? undefined : { ksize: scaled, sigma: wanted };
  },
};

/**
 * The step that does to a picture of `scale` (0–1] times the size about what `step` does to the full size: lengths in
 * pixels shrink with the picture.
 *
 * @returns undefined where it would change nothing any more.
 */
export function scaleStep(step: Step, scale: number): Step | undefined {
  if (scale === 1) return step;
  const scaled = ((scalings[step.op] ?? same) as ScaleParams<OperationName>)(step.params, scale);
  return scaled === undefined ? undefined : ({ op: step.op, params: scaled } as Step);
}
