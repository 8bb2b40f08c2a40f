import type { Region, Size } from '@tessera/contracts';
import { around, PARTS, type PlaceOf } from './warp.ts';

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
export function affinePlaces(map: AffineMap, interpolation: 'linear' | 'nearest'): PlaceOf {
  const [round, step] = interpolation === 'nearest' ? [FINE / 2, FINE] : [FINE / PARTS / 2, FINE / PARTS];
  return (x, y, at) => {
    const left = nearestEven((map.xy * y + map.x0) * FINE);
    const top = nearestEven((map.yy * y + map.y0) * FINE);
    at.x = Math.floor((left + nearestEven(map.xx * x * FINE) + round) / step);
    at.y = Math.floor((top + nearestEven(map.yx * x * FINE) + round) / step);
  };
}

/** What of the picture a region of the result is made of. */
export function affineNeeds(map: AffineMap, region: Region, picture: Size): Region {
  const [left, top] = [region.x, region.y];
  const [right, bottom] = [left + region.width - 1, top + region.height - 1];
  const xs = [left, right].flatMap((x) => [top, bottom].map((y) => map.xx * x + map.xy * y + map.x0));
  const ys = [left, right].flatMap((x) => [top, bottom].map((y) => map.yx * x + map.yy * y + map.y0));
  return around(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys), picture);
}
