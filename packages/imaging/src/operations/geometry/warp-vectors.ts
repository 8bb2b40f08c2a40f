import type { Region, Size } from '@tessera/contracts';
import type { Raster, Window } from '../../raster.ts';
import { intersect, regionOf } from '../../region.ts';
import type { Kernels } from '../../simd/kernels.ts';
import { unwrittenRaster } from '../../spare-memory.ts';
import type { Bounds } from './tile-places.ts';
import { warpScalar, type Warp } from './warp.ts';

/** Columns and rows that are worked on at once: wherever they are found, it fits into the cache. */
const TILE = { width: 128, height: 64 } as const;
/** Most pixels of the picture that are copied for each of the result; of what is made smaller only a few are looked at. */
const MOST_COPIED = 12;
const MOST_BYTES = 2 << 20;
const SLACK = 64;

/** The same as `warpScalar` in vectors: of each tile the part of the picture, with what lies beside it, is copied first. */
export function warpVector(input: Window, region: Region, picture: Size, warp: Warp, kernels: Kernels): Raster {
  const { channels } = input.raster;
  const output = unwrittenRaster(region.width, region.height, channels);
  const [source, target, xs, ys, acrossX, acrossY] = kernels.allocate([
    MOST_BYTES + SLACK,
    TILE.width * channels + SLACK,
    ...Array.from({ length: 4 }, () => TILE.width * 4 + SLACK),
  ]) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const areas = { xs, ys, acrossX, acrossY };
  const { functions } = kernels;
  const fetch = warp.interpolation === 'nearest' ? functions.fetchNearest : functions.fetchLinear;
  for (let y = 0; y < region.height; y += TILE.height) {
    for (let x = 0; x < region.width; x += TILE.width) {
      const tile: Region = {
        ...{ x: region.x + x, y: region.y + y },
        ...{ width: Math.min(TILE.width, region.width - x), height: Math.min(TILE.height, region.height - y) },
      };
      const bytes = tile.width * channels;
      const keep = (row: number, pixels: Uint8Array): void => {
        output.data.set(pixels, ((y + row) * region.width + x) * channels);
      };
      const held = heldOf(warp.places.bounds(tile), input, picture);
      const width = held.right - held.left + 1;
      const height = held.bottom - held.top + 1;
      // One pixel to the right and below is read, though it weighs nothing.
      const stride = (width + 1) * channels;
      if (
        width * height > MOST_COPIED * tile.width * tile.height + 16 * (width + height) ||
        stride * (height + 1) > MOST_BYTES
      ) {
        const { data } = warpScalar(input, tile, picture, warp);
        for (let row = 0; row < tile.height; row++) keep(row, data.subarray(row * bytes, (row + 1) * bytes));
        continue;
      }
      copyHeld(source, stride, held, input, picture, warp.background);
      const placeRow = warp.places.begin(functions, tile, held, areas);
      for (let row = 0; row < tile.height; row++) {
        placeRow(tile.y + row);
        fetch(source.byteOffset, stride, channels, xs.byteOffset, ys.byteOffset, tile.width, target.byteOffset);
        keep(row, target.subarray(0, bytes));
      }
    }
  }
  return output;
}

/** The pixels that a tile is made of, first and last ones, with one beside the picture where it reaches beyond. */
function heldOf(bounds: Bounds | undefined, input: Window, picture: Size): Bounds {
  const { x, y, width, height } = regionOf(input);
  const [left, right] = along(bounds?.left, bounds?.right, x, width, picture.width);
  const [top, bottom] = along(bounds?.top, bounds?.bottom, y, height, picture.height);
  return { left, right, top, bottom };
}

/** A stretch of a side that reaches `low` to `high`, of which `count` pixels from `first` on are there. */
function along(
  low: number | undefined,
  high: number | undefined,
  first: number,
  count: number,
  side: number,
): readonly [first: number, last: number] {
  const start = first === 0 ? -1 : first;
  const end = first + count === side ? side : first + count - 1;
  // Where numbers ran out of their range, anything may be looked at.
  if (low === undefined || high === undefined || Number.isNaN(low) || Number.isNaN(high)) return [start, end];
  const from = Math.min(end, Math.max(start, Math.floor(low) - 2));
  return [from, Math.min(end, Math.max(from, Math.ceil(high) + 2))];
}

function copyHeld(
  target: Uint8Array,
  stride: number,
  held: Bounds,
  input: Window,
  picture: Size,
  background: Uint8Array,
): void {
  const { channels, data, width } = input.raster;
  const paint = (start: number, end: number): void => {
    for (let at = start; at < end; at += channels) target.set(background, at);
  };
  const inside = intersect(regionOf(input), {
    ...{ x: held.left, y: held.top },
    ...{ width: held.right - held.left + 1, height: held.bottom - held.top + 1 },
  });
  for (let y = held.top, to = 0; y <= held.bottom; y++, to += stride) {
    if (inside === undefined || y < inside.y || y >= inside.y + inside.height) {
      paint(to, to + stride);
      continue;
    }
    const from = ((y - input.y) * width + inside.x - input.x) * channels;
    const start = to + (inside.x - held.left) * channels;
    target.set(data.subarray(from, from + inside.width * channels), start);
    if (held.left < 0) paint(to, start);
    if (held.right === picture.width) paint(start + inside.width * channels, to + stride);
  }
}
