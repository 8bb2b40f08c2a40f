import type { Region, Size } from '@tessera/contracts';

/** What part of a picture is looked at. */
export interface Viewport {
  /** Pixel of the picture in the middle of the stage. */
  readonly x: number;
  readonly y: number;
  /** Pixels of the screen (CSS) for one of the picture: 1 is 100 %. */
  readonly zoom: number;
}

/** The same view as numbers that fit an address, near enough that nobody could see a difference. */
export function roundViewport({ x, y, zoom }: Viewport): Viewport {
  return { x: Math.round(x * 100) / 100, y: Math.round(y * 100) / 100, zoom: Number(zoom.toPrecision(6)) };
}

/** Tells whether nobody could see a difference between two views on a stage. */
export function sameViewport(a: Viewport | undefined, b: Viewport | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const scale = Math.max(a.zoom, b.zoom);
  return (
    Math.abs(a.x - b.x) * scale <= 1 && Math.abs(a.y - b.y) * scale <= 1 && Math.abs(a.zoom - b.zoom) <= 0.001 * scale
  );
}

/** The whole pixels of the picture that a stage of a size in CSS pixels shows; undefined where it shows none. */
export function visibleRegion({ x, y, zoom }: Viewport, stage: Size, picture: Size): Region | undefined {
  const left = Math.max(0, Math.floor(x - stage.width / zoom / 2));
  const top = Math.max(0, Math.floor(y - stage.height / zoom / 2));
  const right = Math.min(picture.width, Math.ceil(x + stage.width / zoom / 2));
  const bottom = Math.min(picture.height, Math.ceil(y + stage.height / zoom / 2));
  if (right <= left || bottom <= top) return undefined;
  return { x: left, y: top, width: right - left, height: bottom - top };
}
