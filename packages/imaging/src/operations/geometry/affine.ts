import type { OperationParams } from '@tessera/contracts';
import type { GeometryOperation } from '../../operation.ts';
import { warpDeepRegion } from '../deep/deep-warp.ts';
import { geometryInBoth } from '../deep/in-both-depths.ts';
import { affineNeeds, affinePlaces, type AffineMap } from './affine-map.ts';
import { backgroundOf } from './background.ts';
import { warpRegion } from './warp-region.ts';
import type { Warp } from './warp.ts';

const shallow: GeometryOperation<'affine'> = {
  op: 'affine',
  kind: 'geometry',
  channels: (input) => input,
  size: (_params, { width, height }) => ({ width, height }),
  needs: (params, region, picture) => affineNeeds(backwards(params), region, picture),
  apply: (input, region, picture, params) => warpRegion(input, region, picture, warpOf(params, input.raster.channels)),
};

/** As OpenCV's warpAffine, within the size of the picture; of a matrix that can not be turned round one pixel is left. */
export const affine = geometryInBoth(shallow, {
  apply: (input, region, picture, params) =>
    warpDeepRegion(input, region, picture, warpOf(params, input.raster.channels)),
});

export function warpOf(params: OperationParams<'affine'>, channels: number): Warp {
  return {
    ...affinePlaces(backwards(params), params.interpolation),
    interpolation: params.interpolation,
    background: backgroundOf(params, channels),
  };
}

/** Pixels of the picture between two of the result, at most: what is thinner can not be turned round. */
const THINNEST = 10_000;
const NOWHERE: AffineMap = { xx: 0, xy: 0, x0: 0, yx: 0, yy: 0, y0: 0 };

/** The inverse, computed as OpenCV does. */
function backwards({ xx, xy, x, yx, yy, y }: OperationParams<'affine'>): AffineMap {
  const determinant = xx * yy - xy * yx;
  const d = determinant === 0 ? 0 : 1 / determinant;
  const [a, b, c, e] = [yy * d, xy * -d, yx * -d, xx * d];
  const map = { xx: a, xy: b, x0: -a * x - b * y, yx: c, yy: e, y0: -c * x - e * y };
  const isUsable = [a, b, c, e].every((step) => Math.abs(step) <= THINNEST) && Number.isFinite(map.x0 + map.y0);
  return isUsable ? map : NOWHERE;
}
