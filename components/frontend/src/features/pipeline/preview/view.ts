import type { Region, Size } from '@tessera/contracts';

/** What of a picture is looked at: the point in the middle of the stage in picture pixels, and the scale. */
export interface View {
  readonly x: number;
  readonly y: number;
  /** Screen pixels for one pixel of the picture. */
  readonly scale: number;
}

/** Largest magnification. */
const MOST = 8;

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** Scale at which all of the picture is seen; small pictures are not enlarged. */
export function fittingScale(picture: Size, stage: Size): number {
  return Math.min(1, stage.width / picture.width, stage.height / picture.height);
}

/** All of the picture. */
export function fit(picture: Size, stage: Size): View {
  return { x: picture.width / 2, y: picture.height / 2, scale: fittingScale(picture, stage) };
}

/** The nearest view that shows nothing beyond the picture where it is larger than the stage. */
export function within(view: View, picture: Size, stage: Size): View {
  const least = fittingScale(picture, stage);
  const scale = clamp(view.scale, least, Math.max(MOST, least));
  const middle = (value: number, side: number, room: number): number => {
    const half = room / scale / 2;
    return half * 2 >= side ? side / 2 : clamp(value, half, side - half);
  };
  return { x: middle(view.x, picture.width, stage.width), y: middle(view.y, picture.height, stage.height), scale };
}

/** Changes the scale so that the point under `at` (screen pixels from the middle of the stage) stays where it is. */
export function zoom(view: View, factor: number, at: { x: number; y: number }, picture: Size, stage: Size): View {
  const least = fittingScale(picture, stage);
  const scale = clamp(view.scale * factor, least, Math.max(MOST, least));
  const shift = 1 / view.scale - 1 / scale;
  return within({ x: view.x + at.x * shift, y: view.y + at.y * shift, scale }, picture, stage);
}

/** Moves the picture by screen pixels. */
export function pan(view: View, by: { x: number; y: number }, picture: Size, stage: Size): View {
  return within({ ...view, x: view.x - by.x / view.scale, y: view.y - by.y / view.scale }, picture, stage);
}

/** The part of the picture that is seen, in whole pixels of it. */
export function visibleRegion(view: View, picture: Size, stage: Size): Region {
  const [halfWidth, halfHeight] = [stage.width / view.scale / 2, stage.height / view.scale / 2];
  const left = clamp(Math.floor(view.x - halfWidth), 0, picture.width - 1);
  const top = clamp(Math.floor(view.y - halfHeight), 0, picture.height - 1);
  const right = clamp(Math.ceil(view.x + halfWidth), left + 1, picture.width);
  const bottom = clamp(Math.ceil(view.y + halfHeight), top + 1, picture.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Where a region of the picture lies on the stage, in screen pixels from its corner. */
export function place(region: Region, view: View, stage: Size): Region {
  return {
    x: stage.width / 2 + (region.x - view.x) * view.scale,
    y: stage.height / 2 + (region.y - view.y) * view.scale,
    width: region.width * view.scale,
    height: region.height * view.scale,
  };
}

/** The pixel of the picture at a point of the stage, in screen pixels from its corner; undefined beside the picture. */
export function pixelAt(
  at: { readonly x: number; readonly y: number },
  view: View,
  picture: Size,
  stage: Size,
): { readonly x: number; readonly y: number } | undefined {
  const x = Math.floor(view.x + (at.x - stage.width / 2) / view.scale);
  const y = Math.floor(view.y + (at.y - stage.height / 2) / view.scale);
  return x >= 0 && x < picture.width && y >= 0 && y < picture.height ? { x, y } : undefined;
}
