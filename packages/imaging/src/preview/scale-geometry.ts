import type { OperationName, OperationParams, Size, Step } from '@tessera/contracts';
import { isOnlyPlaced, resize } from '../operations/geometry/resize.ts';

/** Gives the parameters for a picture of size `small` that stands for one of size `full`. */
type ScaleParams<Op extends OperationName> = (
  params: OperationParams<Op>,
  full: Size,
  small: Size,
  scaleAfter: number,
) => OperationParams<Op>;

/** Where a stretch of a side lies on a shorter one, at least one pixel of it. */
function span(start: number, length: number, from: number, to: number): readonly [start: number, length: number] {
  const first = Math.min(to - 1, Math.round((Math.min(start, from) * to) / from));
  const end = Math.min(to, Math.max(first + 1, Math.round((Math.min(start + length, from) * to) / from)));
  return [first, end - first];
}

const pixels = (length: number): number => Math.max(1, Math.round(length));

/** Operations that have places or lengths; the others move pixels at every size alike. */
const scalings: { readonly [Op in OperationName]?: ScaleParams<Op> } = {
  crop: ({ x, y, width, height }, full, small) => {
    const [left, columns] = span(x, width, full.width, small.width);
    const [top, rows] = span(y, height, full.height, small.height);
    return { x: left, y: top, width: columns, height: rows };
  },
  resize: (params, full, _small, scaleAfter) => {
    const { width, height, percent, fit } = params;
    if (!params.enlarge && fit !== 'contain') {
      const made = resize.size(params, full);
      const size = { width: pixels(made.width * scaleAfter), height: pixels(made.height * scaleAfter) };
      return { ...params, ...size, percent: 0, enlarge: true, fit: fit === 'cover' ? fit : 'fill' };
    }
    if (percent > 0) {
      const [wide, high] = [(full.width * percent) / 100, (full.height * percent) / 100];
      return {
        ...params,
        fit: params.enlarge ? 'fill' : fit,
        percent: 0,
        width: pixels(wide * scaleAfter),
        height: pixels(high * scaleAfter),
      };
    }
    return {
      ...params,
      width: width === 0 ? 0 : pixels(width * scaleAfter),
      height: height === 0 ? 0 : pixels(height * scaleAfter),
    };
  },
  pad: (params, full, small) => {
    const [across, down] = [small.width / full.width, small.height / full.height];
    const { left, right, top, bottom } = params;
    return {
      ...params,
      ...{ left: Math.round(left * across), right: Math.round(right * across) },
      ...{ top: Math.round(top * down), bottom: Math.round(bottom * down) },
    };
  },
  affine: (params, full, small) => ({
    ...params,
    x: (params.x * small.width) / full.width,
    y: (params.y * small.height) / full.height,
  }),
};

/** Whether a step makes a size of its own of whatever it is given in place of a picture. */
export const setsSize = ({ op, params }: Step, picture: Size): boolean =>
  op === 'resize' && !isOnlyPlaced(params, picture);

/**
 * The geometry step that does to a smaller picture what `step` does to the full size.
 *
 * @param scaleAfter of its result, for steps that make a size of their own.
 */
export function scaleGeometry(step: Step, full: Size, small: Size, scaleAfter: number): Step {
  if (full.width === small.width && full.height === small.height && scaleAfter === 1) return step;
  const scale = scalings[step.op] as ScaleParams<OperationName> | undefined;
  return scale === undefined ? step : ({ op: step.op, params: scale(step.params, full, small, scaleAfter) } as Step);
}
