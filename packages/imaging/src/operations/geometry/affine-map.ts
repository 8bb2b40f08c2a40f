import type { Region, Size } from '@tessera/contracts';
import type { Bounds, TilePlaces } from './tile-places.ts';
import { around, PARTS, type Warp } from './warp.ts';

/** Where the pixel of the result at (x, y) is found: at (xx·x + xy·y + x0, yx·x + yy·y + y0) of the picture. */
export interface AffineMap {
  readonly xx: number;
  readonly xy: number;
  readonly x0: number;
  readonly yx: number;
  readonly yy: number;
  readonly y0: number;
}

/** Parts of a pixel that OpenCV adds up in before it cuts them to 32 (AB_SCALE). */
const FINE = 1024;

/** The integer nearest to a number, the even one of two, as processors round. */
export function nearestEven(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  if (rest !== 0.5) return rest < 0.5 ? low : low + 1;
  return low % 2 === 0 ? low : low + 1;
}

/** The places that OpenCV's warpAffine computes: columns and rows are rounded to 1/1024 by themselves and added. */
export function affinePlaces(map: AffineMap, interpolation: 'linear' | 'nearest'): Pick<Warp, 'placeOf' | 'places'> {
  const [round, step] = interpolation === 'nearest' ? [FINE / 2, FINE] : [FINE / PARTS / 2, FINE / PARTS];
  return {
    placeOf: (x, y, at) => {
      const left = nearestEven((map.xy * y + map.x0) * FINE);
      const top = nearestEven((map.yy * y + map.y0) * FINE);
      at.x = Math.floor((left + nearestEven(map.xx * x * FINE) + round) / step);
      at.y = Math.floor((top + nearestEven(map.yx * x * FINE) + round) / step);
    },
    places: tilePlaces(map, round, step),
  };
}

/** Most that fits into 32 bits twice, and that no column of a tile is from its first. */
const MOST = 2 ** 30;

function tilePlaces(map: AffineMap, round: number, step: number): TilePlaces {
  return {
    bounds: (tile) => affineBounds(map, tile),
    begin: (kernels, { x, width }, origin, { acrossX, acrossY, xs, ys }) => {
      const firstX = nearestEven(map.xx * x * FINE);
      const firstY = nearestEven(map.yx * x * FINE);
      const columnsX = new Int32Array(acrossX.buffer, acrossX.byteOffset, width);
      const columnsY = new Int32Array(acrossY.buffer, acrossY.byteOffset, width);
      for (let n = 0; n < width; n++) {
        columnsX[n] = nearestEven(map.xx * (x + n) * FINE) - firstX;
        columnsY[n] = nearestEven(map.yx * (x + n) * FINE) - firstY;
      }
      const per = FINE / step;
      const near = (value: number): number => Math.max(-MOST, Math.min(MOST, value));
      return (y) => {
        const left = nearestEven((map.xy * y + map.x0) * FINE) + firstX + round - origin.left * FINE;
        const top = nearestEven((map.yy * y + map.y0) * FINE) + firstY + round - origin.top * FINE;
        kernels.affinePlaces(
          ...([acrossX.byteOffset, acrossY.byteOffset, width, near(left), near(top), Math.log2(step)] as const),
          ...([0, (origin.right - origin.left) * per, 0, (origin.bottom - origin.top) * per] as const),
          ...([xs.byteOffset, ys.byteOffset] as const),
        );
      };
    },
  };
}

/** Where the pixels of a region are found. */
function affineBounds(map: AffineMap, region: Region): Bounds {
  const [left, top] = [region.x, region.y];
  const [right, bottom] = [left + region.width - 1, top + region.height - 1];
  const xs = [left, right].flatMap((x) => [top, bottom].map((y) => map.xx * x + map.xy * y + map.x0));
  const ys = [left, right].flatMap((x) => [top, bottom].map((y) => map.yx * x + map.yy * y + map.y0));
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/** What of the picture a region of the result is made of. */
export function affineNeeds(map: AffineMap, region: Region, picture: Size): Region {
  const { left, top, right, bottom } = affineBounds(map, region);
  return around(left, top, right, bottom, picture);
}
