import type { OperationParams, Region, Size } from '@tessera/contracts';
import type { GeometryOperation } from '../../operation.ts';
import { warpDeepRegion } from '../deep/deep-warp.ts';
import { geometryInBoth } from '../deep/in-both-depths.ts';
import { nearestEven } from './affine-map.ts';
import { backgroundOf } from './background.ts';
import type { Bounds } from './tile-places.ts';
import { warpRegion } from './warp-region.ts';
import { around, PARTS, type Warp } from './warp.ts';
import { wholeOf } from '../../region.ts';

type Params = OperationParams<'perspective'>;

/** From the result to the picture: ((a·x + b·y + c) / w, (d·x + e·y + f) / w) with w = g·x + h·y + 1. */
interface Projection {
  readonly x: readonly [number, number, number];
  readonly y: readonly [number, number, number];
  readonly w: readonly [number, number, number];
}

const shallow: GeometryOperation<'perspective'> = {
  op: 'perspective',
  kind: 'geometry',
  channels: (input) => input,
  size: (_params, { width, height }) => ({ width, height }),
  needs: (params, region, picture) => needsOf(projectionOf(params, picture), region, picture),
  apply: (input, region, picture, params) =>
    warpRegion(input, region, picture, warpOf(params, picture, input.raster.channels)),
};

/** A quadrilateral becomes the whole picture, as OpenCV's warpPerspective does with the map of its four corners. */
export const perspective = geometryInBoth(shallow, {
  apply: (input, region, picture, params) =>
    warpDeepRegion(input, region, picture, warpOf(params, picture, input.raster.channels)),
});

export function warpOf(params: Params, picture: Size, channels: number): Warp {
  return {
    ...placesOf(projectionOf(params, picture), params.interpolation),
    interpolation: params.interpolation,
    background: backgroundOf(params, channels),
  };
}

/** The map of the picture's corners to those of the quadrilateral (Heckbert, Fundamentals of Texture Mapping, 2.2.3). */
function projectionOf(params: Params, { width, height }: Size): Projection {
  // Of one pixel a side nothing can be stretched.
  const [across, down] = [Math.max(1, width - 1), Math.max(1, height - 1)];
  const at = (x: number, y: number): readonly [number, number] => [(x / 100) * across, (y / 100) * down];
  const [x0, y0] = at(params.topLeftX, params.topLeftY);
  const [x1, y1] = at(params.topRightX, params.topRightY);
  const [x2, y2] = at(params.bottomRightX, params.bottomRightY);
  const [x3, y3] = at(params.bottomLeftX, params.bottomLeftY);
  const [sx, sy] = [x0 - x1 + x2 - x3, y0 - y1 + y2 - y3];
  const [dx1, dx2, dy1, dy2] = [x1 - x2, x3 - x2, y1 - y2, y3 - y2];
  const determinant = dx1 * dy2 - dx2 * dy1;
  const d = determinant === 0 ? 0 : 1 / determinant;
  const [g, h] = [(sx * dy2 - dx2 * sy) * d, (dx1 * sy - sx * dy1) * d];
  return {
    x: [(x1 - x0 + g * x1) / across, (x3 - x0 + h * x3) / down, x0],
    y: [(y1 - y0 + g * y1) / across, (y3 - y0 + h * y3) / down, y0],
    w: [g / across, h / down, 1],
  };
}

/** Cuts a number to what fits into 32 bits. */
const bounded = (value: number): number => Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, value));
const sum = ([a, b, c]: readonly [number, number, number], x: number, y: number): number => a * x + b * y + c;

/** The places that OpenCV's warpPerspective computes; what is no number is zero. */
function placesOf(projection: Projection, interpolation: Params['interpolation']): Pick<Warp, 'placeOf' | 'places'> {
  const { x: toX, y: toY, w: toW } = projection;
  const parts = interpolation === 'nearest' ? 1 : PARTS;
  return {
    placeOf: (x, y, at) => {
      const w = sum(toW, x, y);
      const scale = w === 0 ? 0 : parts / w;
      at.x = nearestEven(bounded(sum(toX, x, y) * scale || 0));
      at.y = nearestEven(bounded(sum(toY, x, y) * scale || 0));
    },
    places: {
      bounds: (tile) => boundsOf(projection, tile),
      begin: (kernels, { x, width }, origin, { xs, ys }) => {
        return (y) => {
          kernels.perspectivePlaces(
            ...([x, width, toX[0], toX[1] * y, toX[2], toY[0], toY[1] * y, toY[2]] as const),
            ...([toW[0], toW[1] * y, toW[2], parts] as const),
            ...([origin.left * parts, origin.right * parts, origin.top * parts, origin.bottom * parts] as const),
            ...([origin.left * parts, origin.top * parts, xs.byteOffset, ys.byteOffset] as const),
          );
        };
      },
    },
  };
}

/** Straight lines stay straight, so that the corners bound a region; undefined where the horizon crosses it. */
function boundsOf({ x: toX, y: toY, w: toW }: Projection, region: Region): Bounds | undefined {
  const [right, bottom] = [region.x + region.width - 1, region.y + region.height - 1];
  const corners = [region.x, right].flatMap((x) => [region.y, bottom].map((y) => [x, y] as const));
  const signs = corners.map(([x, y]) => sum(toW, x, y));
  if (!signs.every((w) => w > 1e-9) && !signs.every((w) => w < -1e-9)) return undefined;
  const xs = corners.map(([x, y], n) => sum(toX, x, y) / signs[n]!);
  const ys = corners.map(([x, y], n) => sum(toY, x, y) / signs[n]!);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

function needsOf(projection: Projection, region: Region, picture: Size): Region {
  const bounds = boundsOf(projection, region);
  return bounds === undefined
    ? wholeOf(picture)
    : around(bounds.left, bounds.top, bounds.right, bounds.bottom, picture);
}
