import type { OperationParams, Size } from '@tessera/contracts';
import type { GeometryOperation } from '../../operation.ts';
import { warpDeepRegion } from '../deep/deep-warp.ts';
import { geometryInBoth } from '../deep/in-both-depths.ts';
import { moveBytes } from '../deep/move-bytes.ts';
import { affineNeeds, affinePlaces, type AffineMap } from './affine-map.ts';
import { backgroundOf } from './background.ts';
import { quarterNeeds, quarterRegion } from './quarter.ts';
import { warpRegion } from './warp-region.ts';
import type { Warp } from './warp.ts';

type Params = OperationParams<'rotate'>;

const shallow: GeometryOperation<'rotate'> = {
  op: 'rotate',
  kind: 'geometry',
  channels: (input) => input,
  size: sizeOf,
  needs: (params, region, picture) => {
    const quarters = quartersOf(params, picture);
    return quarters === undefined
      ? affineNeeds(backwards(params, picture), region, picture)
      : quarterNeeds(region, picture, quarters);
  },
  apply: (input, region, picture, params) => {
    const quarters = quartersOf(params, picture);
    if (quarters !== undefined) return quarterRegion(input, region, picture, quarters);
    return warpRegion(input, region, picture, warpOf(params, picture, input.raster.channels));
  },
};

/** About the middle, clockwise: by quarters each pixel is moved, by other angles as OpenCV's warpAffine does. */
export const rotate = geometryInBoth(shallow, {
  apply: (input, region, picture, params) => {
    const quarters = quartersOf(params, picture);
    return quarters === undefined
      ? warpDeepRegion(input, region, picture, warpOf(params, picture, input.raster.channels))
      : moveBytes(input, (bytes) => quarterRegion(bytes, region, picture, quarters));
  },
});

export function warpOf(params: Params, picture: Size, channels: number): Warp {
  return {
    ...affinePlaces(backwards(params, picture), params.interpolation),
    interpolation: params.interpolation,
    background: backgroundOf(params, channels),
  };
}

/** How many quarters it is turned, if all pixels of the result are pixels of the picture. */
function quartersOf({ angle, canvas }: Params, { width, height }: Size): number | undefined {
  const quarters = (((angle / 90) % 4) + 4) % 4;
  if (!Number.isInteger(quarters)) return undefined;
  return canvas === 'grown' || quarters % 2 === 0 || width === height ? quarters : undefined;
}

/** Cosine and sine, exact for quarters. */
function turn(angle: number): readonly [cosine: number, sine: number] {
  const quarters = (((angle / 90) % 4) + 4) % 4;
  if (Number.isInteger(quarters)) return [[1, 0, -1, 0][quarters]!, [0, 1, 0, -1][quarters]!];
  const radians = (angle * Math.PI) / 180;
  return [Math.cos(radians), Math.sin(radians)];
}

/** Less than this of a pixel beyond the canvas is rounding. */
const ROUNDING = 1e-6;

function sizeOf({ angle, canvas }: Params, { width, height }: Size): Size {
  if (canvas === 'same') return { width, height };
  const [cosine, sine] = turn(angle).map(Math.abs) as [number, number];
  const long = (length: number): number => Math.max(1, Math.ceil(length - ROUNDING));
  return { width: long(width * cosine + height * sine), height: long(width * sine + height * cosine) };
}

/** From the result to the picture: the same angle back, about the middles of both. */
function backwards(params: Params, picture: Size): AffineMap {
  const result = sizeOf(params, picture);
  const [cosine, sine] = turn(params.angle);
  const [toX, toY] = [(result.width - 1) / 2, (result.height - 1) / 2];
  const [fromX, fromY] = [(picture.width - 1) / 2, (picture.height - 1) / 2];
  return {
    ...{ xx: cosine, xy: sine, x0: fromX - cosine * toX - sine * toY },
    ...{ yx: -sine, yy: cosine, y0: fromY + sine * toX - cosine * toY },
  };
}
