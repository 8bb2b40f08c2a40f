import { reflect101 } from '../../../border.ts';

/** How one axis of the picture is divided into tiles. */
export interface TileAxis {
  readonly tiles: number;
  /** Pixels of a tile, of which those beyond the picture's end are mirrored ones. */
  readonly side: number;
}

/**
 * Tiles of equal size, as OpenCV has them: where an axis does not divide evenly, both are continued by mirrored pixels, one
 * that does by as many pixels as it has tiles.
 */
export function tileAxes(
  picture: { readonly width: number; readonly height: number },
  tiles: { readonly across: number; readonly down: number },
): { readonly x: TileAxis; readonly y: TileAxis } {
  const { across, down } = tiles;
  const even = picture.width % across === 0 && picture.height % down === 0;
  const side = (length: number, count: number): number => (even ? length / count : Math.floor(length / count) + 1);
  return {
    x: { tiles: across, side: side(picture.width, across) },
    y: { tiles: down, side: side(picture.height, down) },
  };
}

/** Places at which pixels of a stretch of an axis count: the pixel, from the stretch's start, and the tile. */
export interface Counted {
  readonly pixels: Int32Array;
  readonly tiles: Int32Array;
}

/** Where the pixels `start … start + count − 1` of an axis of `length` count: in their own tile, and as mirrored ones. */
export function countedAt({ tiles, side }: TileAxis, start: number, count: number, length: number): Counted {
  const pixels: number[] = [];
  const numbers: number[] = [];
  const add = (place: number, pixel: number): void => {
    if (pixel < start || pixel >= start + count) return;
    pixels.push(pixel - start);
    numbers.push(Math.floor(place / side));
  };
  for (let place = start; place < start + count; place++) add(place, place);
  for (let place = length; place < tiles * side; place++) add(place, reflect101(place, length));
  return { pixels: Int32Array.from(pixels), tiles: Int32Array.from(numbers) };
}
