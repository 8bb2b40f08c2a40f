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

const square = <Params extends { readonly ksize: number }>(params: Params, scale: number): Params | undefined => {
  const scaled = side(params.ksize, scale);
  return scaled <= 1 ? undefined : { ...params, ksize: scaled };
};

/** What looks at the pixel beside it only is gone as soon as neighbours become one pixel. */
const atFullSize = <Params>(params: Params, scale: number): Params | undefined =>
  nearestOdd(3 * scale) < 3 ? undefined : params;

/** The least size of a detail that can be told from noise, as the schema has it. */
const LEAST_SIGMA = 0.5;
const detail = <Params extends { readonly sigma: number }>(params: Params, scale: number): Params | undefined => {
  const sigma = params.sigma * scale;
  return sigma < LEAST_SIGMA ? undefined : { ...params, sigma };
};

/** Distances shrink with the picture, as the mark does. */
const mark = <Params extends { readonly margin: number; readonly gap: number }>(
  params: Params,
  scale: number,
): Params => ({
  ...params,
  margin: Math.round(params.margin * scale),
  gap: Math.round(params.gap * scale),
});

/** Operations that look at neighbours; all others do the same at every scale. */
const scalings: { readonly [Op in OperationName]?: ScaleParams<Op> } = {
  // Its thresholds are gradients of pixels; what is seen of them at another scale is the nearest there is.
  canny: same,
  'canny-otsu': same,
  'overlay-edges': (params, scale) => ({ ...params, blur: nearestOdd(params.blur * scale) }),
  sharpen: atFullSize,
  emboss: atFullSize,
  filter2d: atFullSize,
  'unsharp-mask': detail,
  // Of a large picture nothing is left but middle gray, so the least detail is shown.
  'high-pass': ({ sigma }, scale) => ({ sigma: Math.max(LEAST_SIGMA, sigma * scale) }),
  'box-blur': square,
  'rank-filter': square,
  bilateral: (params, scale) => {
    const scaled = square(params, scale);
    return scaled && { ...scaled, sigmaSpace: Math.max(0.1, params.sigmaSpace * scale) };
  },
  'non-local-means': (params, scale) => {
    const search = nearestOdd(params.search * scale);
    const template = Math.max(3, nearestOdd(params.template * scale));
    return search < 5 ? undefined : { ...params, search, template };
  },
  'motion-blur': (params, scale) => {
    const length = Math.round(params.length * scale);
    return length <= 1 ? undefined : { ...params, length };
  },
  'adaptive-threshold': (params, scale) => ({ ...params, block: Math.max(3, nearestOdd(params.block * scale)) }),
  // Differences of what does not change any more are black, and not the picture.
  morphology: (params, scale) =>
    params.kind === 'open' || params.kind === 'close'
      ? square(params, scale)
      : { ...params, ksize: Math.max(params.ksize % 2 === 1 ? 1 : 2, side(params.ksize, scale)) },
  'connected-components': (params, scale) => ({
    ...params,
    least: Math.max(1, Math.round(params.least * scale * scale)),
  }),
  // How large the picture is behind it nobody knows before.
  trim: () => undefined,
  watermark: mark,
  'watermark-text': mark,
  pixelate: ({ size }, scale) => {
    const scaled = Math.round(size * scale);
    return scaled <= 1 ? undefined : { size: scaled };
  },
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
