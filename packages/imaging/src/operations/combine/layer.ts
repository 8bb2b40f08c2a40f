import type { Region } from '@tessera/contracts';
import type { OtherSource } from '../../pass/other-pictures.ts';
import { createRaster, type Raster } from '../../raster.ts';
import { modulo, partSeen, patternSeen, type Pattern, type Place } from './placing.ts';

/** Copies one pixel of a picture, the one at `from`, to red, green, blue and alpha at `to`. */
type CopyPixel = (source: Uint8Array, from: number, target: Uint8Array, to: number) => void;

const COPIES: readonly CopyPixel[] = [1, 2, 3, 4].map((channels) => (source, from, target, to) => {
  const coloured = channels > 2 ? 1 : 0;
  target[to] = source[from]!;
  target[to + 1] = source[from + coloured]!;
  target[to + 2] = source[from + 2 * coloured]!;
  target[to + 3] = channels % 2 === 0 ? source[from + channels - 1]! : 255;
});

/** A region of a transparent sheet, red, green, blue and alpha, on which a picture lies at a place. */
export function layerOnce(region: Region, other: OtherSource, place: Place): Raster {
  const layer = createRaster(region.width, region.height, 4);
  const seen = partSeen(region, place, other.size);
  if (seen === undefined) return layer;
  const window = other.read(seen);
  const { raster } = window;
  const copy = COPIES[raster.channels - 1]!;
  const left = place.x + window.x - region.x;
  const top = place.y + window.y - region.y;
  for (let y = Math.max(0, -top); y < Math.min(raster.height, region.height - top); y++) {
    for (let x = Math.max(0, -left); x < Math.min(raster.width, region.width - left); x++) {
      const to = ((top + y) * region.width + left + x) * 4;
      copy(raster.data, (y * raster.width + x) * raster.channels, layer.data, to);
    }
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
  const copy = COPIES[raster.channels - 1]!;
  for (let row = 0; row < region.height; row++) {
    const y = modulo(region.y + row - place.y, size.height + gap);
    if (y >= size.height) continue;
    for (let column = 0; column < region.width; column++) {
      const x = modulo(region.x + column - place.x, size.width + gap);
      if (x >= size.width) continue;
      const from = ((y - window.y) * raster.width + x - window.x) * raster.channels;
      copy(raster.data, from, layer.data, (row * region.width + column) * 4);
    }
  }
  return layer;
}
