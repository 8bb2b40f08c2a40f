import type { Region, Size } from '@tessera/contracts';
import { createRaster, hasAlpha, type Raster, type Window } from '../../raster.ts';
import type { TilePlaces } from './tile-places.ts';

/** Parts of a pixel that places between pixels are told in, as OpenCV does (INTER_TAB_SIZE). */
export const PARTS = 32;

/** Tells where the pixel of a place of the result is found, in parts of a pixel: writes column and row to `at`. */
export type PlaceOf = (x: number, y: number, at: { x: number; y: number }) => void;

/** How a picture is fetched. */
export interface Warp {
  /** In parts for `linear`, in whole pixels for `nearest`. */
  readonly placeOf: PlaceOf;
  /** The same for vectors. */
  readonly places: TilePlaces;
  readonly interpolation: 'linear' | 'nearest';
  readonly background: Uint8Array;
}

/** Fetches each pixel of a region, in plain arithmetic. */
export function warpScalar(input: Window, region: Region, picture: Size, warp: Warp): Raster {
  const { channels } = input.raster;
  const output = createRaster(region.width, region.height, channels);
  const fetch = warp.interpolation === 'nearest' ? fetchNearest : hasAlpha(channels) ? fetchAlpha : fetchLinear;
  const at = { x: 0, y: 0 };
  let to = 0;
  for (let y = region.y; y < region.y + region.height; y++) {
    for (let x = region.x; x < region.x + region.width; x++, to += channels) {
      warp.placeOf(x, y, at);
      fetch(input, picture, warp.background, at, output.data, to);
    }
  }
  return output;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where a pixel of the picture lies in the window's data, −1 beside the picture. */
function indexOf({ x: left, y: top, raster }: Window, picture: Size, x: number, y: number): number {
  if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) return -1;
  return ((y - top) * raster.width + x - left) * raster.channels;
}

function fetchNearest(
  input: Window,
  picture: Size,
  background: Uint8Array,
  { x, y }: Place,
  target: Uint8Array,
  to: number,
): void {
  const from = indexOf(input, picture, x, y);
  const { channels, data } = input.raster;
  for (let c = 0; c < channels; c++) target[to + c] = from < 0 ? background[c]! : data[from + c]!;
}

/** Indices of the four pixels around a place, and what each weighs of 1024. */
const corners = new Int32Array(4);
const weights = new Int32Array(4);

function lookAround(input: Window, picture: Size, { x, y }: Place): void {
  const [left, top] = [Math.floor(x / PARTS), Math.floor(y / PARTS)];
  const [across, down] = [x - left * PARTS, y - top * PARTS];
  corners[0] = indexOf(input, picture, left, top);
  corners[1] = across === 0 ? corners[0] : indexOf(input, picture, left + 1, top);
  corners[2] = down === 0 ? corners[0] : indexOf(input, picture, left, top + 1);
  corners[3] = across === 0 ? corners[2] : down === 0 ? corners[1] : indexOf(input, picture, left + 1, top + 1);
  weights[0] = (PARTS - across) * (PARTS - down);
  weights[1] = across * (PARTS - down);
  weights[2] = (PARTS - across) * down;
  weights[3] = across * down;
}

function fetchLinear(
  input: Window,
  picture: Size,
  background: Uint8Array,
  place: Place,
  target: Uint8Array,
  to: number,
): void {
  lookAround(input, picture, place);
  const { channels, data } = input.raster;
  for (let c = 0; c < channels; c++) {
    let sum = 512;
    for (let n = 0; n < 4; n++) sum += weights[n]! * (corners[n]! < 0 ? background[c]! : data[corners[n]! + c]!);
    target[to + c] = sum >> 10;
  }
}

function fetchAlpha(
  input: Window,
  picture: Size,
  background: Uint8Array,
  place: Place,
  target: Uint8Array,
  to: number,
): void {
  lookAround(input, picture, place);
  const { channels, data } = input.raster;
  const last = channels - 1;
  let opaque = 0;
  for (let n = 0; n < 4; n++) opaque += weights[n]! * (corners[n]! < 0 ? background[last]! : data[corners[n]! + last]!);
  target[to + last] = (opaque + 512) >> 10;
  for (let c = 0; c < last; c++) {
    let sum = 0;
    for (let n = 0; n < 4; n++) {
      const [source, from] = corners[n]! < 0 ? [background, 0] : [data, corners[n]!];
      sum += weights[n]! * source[from + c]! * source[from + last]!;
    }
    target[to + c] = opaque === 0 ? 0 : Math.floor((2 * sum + opaque) / (2 * opaque));
  }
}

/** The part of the picture that lies between places, in whole pixels with their neighbours; at least one pixel. */
export function around(left: number, top: number, right: number, bottom: number, picture: Size): Region {
  const [x, width] = inside(left - 2, right + 3, picture.width);
  const [y, height] = inside(top - 2, bottom + 3, picture.height);
  return { x, y, width, height };
}

function inside(low: number, high: number, side: number): readonly [first: number, count: number] {
  // Where numbers ran out of their range, anything may be looked at.
  if (Number.isNaN(low) || Number.isNaN(high)) return [0, side];
  const first = Math.min(side - 1, Math.max(0, Math.floor(low)));
  const end = Math.min(side, Math.max(first + 1, Math.ceil(high)));
  return [first, end - first];
}
