import type { Region } from '@tessera/contracts';
import type { OtherSource } from '../../pass/other-pictures.ts';
import { createRaster, type Raster } from '../../raster.ts';
import { modulo, partSeen, patternSeen, type Pattern, type Place } from './placing.ts';

/** Copies `count` pixels of a row, from the one at `from` on, to red, green, blue and alpha from `to` on. */
function copyRow(source: Raster, from: number, target: Uint8Array, to: number, count: number): void {
  const { channels, data } = source;
  const end = from + count * channels;
  if (channels === 4) {
    target.set(data.subarray(from, end), to);
    return;
  }
  const coloured = channels === 3 ? 1 : 0;
  const transparent = channels === 2;
  for (let at = from, over = to; at < end; at += channels, over += 4) {
    target[over] = data[at]!;
    target[over + 1] = data[at + coloured]!;
    target[over + 2] = data[at + 2 * coloured]!;
    target[over + 3] = transparent ? data[at + 1]! : 255;
  }
}

/**
 * A region of a transparent sheet, red, green, blue and alpha, on which a picture lies at a place. Where one with colours
 * covers all of it, these are its own pixels, which may be without alpha.
 */
export function layerOnce(region: Region, other: OtherSource, place: Place): Raster {
  const layer = createRaster(region.width, region.height, 4);
  const seen = partSeen(region, place, other.size);
  if (seen === undefined) return layer;
  const window = other.read(seen);
  const { raster } = window;
  if (raster.channels > 2 && raster.width === region.width && raster.height === region.height) return raster;
  const left = place.x + window.x - region.x;
  const top = place.y + window.y - region.y;
  const x = Math.max(0, -left);
  const count = Math.min(raster.width, region.width - left) - x;
  for (let y = Math.max(0, -top); y < Math.min(raster.height, region.height - top); y++) {
    const to = ((top + y) * region.width + left + x) * 4;
    copyRow(raster, (y * raster.width + x) * raster.channels, layer.data, to, count);
  }
  return layer;
}

/** The same with a picture that is repeated. */
export function layerRepeated(region: Region, other: OtherSource, pattern: Pattern): Raster {
  const layer = createRaster(region.width, region.height, 4);
  const seen = patternSeen(region, pattern);
  if (seen === undefined) return layer;
  const window = other.read(seen);
  const { raster } = window;
  const { place, size, gap } = pattern;
  for (let row = 0; row < region.height; row++) {
    const y = modulo(region.y + row - place.y, size.height + gap);
    if (y >= size.height) continue;
    for (let column = 0; column < region.width;) {
      const x = modulo(region.x + column - place.x, size.width + gap);
      const count = Math.min(region.width - column, x < size.width ? size.width - x : size.width + gap - x);
      const from = ((y - window.y) * raster.width + x - window.x) * raster.channels;
      if (x < size.width) copyRow(raster, from, layer.data, (row * region.width + column) * 4, count);
      column += count;
    }
  }
  return layer;
}
