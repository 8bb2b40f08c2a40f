import type { Region, Size } from '@tessera/contracts';
import type { Viewport } from '../viewer/viewport.ts';
import type { PictureView } from './region-painter.ts';

/** How much larger than the whole picture it may be seen. */
export const MOST_ENLARGED = 32;

/** The whole picture on a canvas. */
export function wholeView(picture: Size, canvas: Size): PictureView {
  return { x: 0, y: 0, scale: Math.min(canvas.width / picture.width, canvas.height / picture.height) };
}

/**
 * A view as addresses tell it: by the middle of what is seen, so that it means the same on a window of another size.
 *
 * @param density canvas pixels per CSS pixel.
 */
export function viewportOf({ x, y, scale }: PictureView, canvas: Size, density: number): Viewport {
  return { x: x + canvas.width / scale / 2, y: y + canvas.height / scale / 2, zoom: scale / density };
}

/** The view that an address tells. */
export function viewOf({ x, y, zoom }: Viewport, canvas: Size, density: number): PictureView {
  const scale = zoom * density;
  return { x: x - canvas.width / scale / 2, y: y - canvas.height / scale / 2, scale };
}

/** Keeps a view within the picture and its scale within bounds. */
export function within(view: PictureView, picture: Size, canvas: Size): PictureView {
  const least = wholeView(picture, canvas).scale;
  const scale = Math.min(least * MOST_ENLARGED, Math.max(least, view.scale));
  const bound = (at: number, all: number, seen: number): number => Math.min(Math.max(0, all - seen), Math.max(0, at));
  return {
    x: bound(view.x, picture.width, canvas.width / scale),
    y: bound(view.y, picture.height, canvas.height / scale),
    scale,
  };
}

/** Enlarges around a point of the canvas, which stays where it is. */
export function enlarged(
  view: PictureView,
  factor: number,
  at: { readonly x: number; readonly y: number },
  picture: Size,
  canvas: Size,
): PictureView {
  const scale = within({ ...view, scale: view.scale * factor }, picture, canvas).scale;
  return within(
    { x: view.x + at.x / view.scale - at.x / scale, y: view.y + at.y / view.scale - at.y / scale, scale },
    picture,
    canvas,
  );
}

/** Moves the view as little as is needed for a region to be seen. */
export function showing(view: PictureView, region: Region, picture: Size, canvas: Size): PictureView {
  const move = (at: number, from: number, length: number, seen: number): number =>
    length > seen ? from : Math.min(from, Math.max(at, from + length - seen));
  return within(
    {
      x: move(view.x, region.x, region.width, canvas.width / view.scale),
      y: move(view.y, region.y, region.height, canvas.height / view.scale),
      scale: view.scale,
    },
    picture,
    canvas,
  );
}
