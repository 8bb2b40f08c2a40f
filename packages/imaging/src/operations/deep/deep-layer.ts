import type { Region } from '@tessera/contracts';
import type { OtherSource } from '../../pass/other-pictures.ts';
import { modulo, partSeen, patternSeen, type Pattern, type Place } from '../combine/placing.ts';
import { MOST, type DeepRaster } from './deep-raster.ts';

export type DeepSource = OtherSource<Uint16Array>;

/** A region of a transparent sheet, red, green, blue and alpha, on which a picture lies at a place. */
export function deepLayerOnce(region: Region, other: DeepSource, place: Place): DeepRaster {
  const layer = blank(region);
  const seen = partSeen(region, place, other.size);
  if (seen === undefined) return layer;
  const window = other.read(seen);
  const { raster } = window;
  const left = place.x + window.x - region.x;
  const top = place.y + window.y - region.y;
  for (let y = Math.max(0, -top); y < Math.min(raster.height, region.height - top); y++) {
    for (let x = Math.max(0, -left); x < Math.min(raster.width, region.width - left); x++) {
      copyPixel(raster, y * raster.width + x, layer.data, (top + y) * region.width + left + x);
    }
  }
  return layer;
}

/** The same with a picture that is repeated. */
export function deepLayerRepeated(region: Region, other: DeepSource, pattern: Pattern): DeepRaster {
  const layer = blank(region);
  const seen = patternSeen(region, pattern);
  if (seen === undefined) return layer;
  const window = other.read(seen);
  const { raster } = window;
  const { place, size, gap } = pattern;
  for (let row = 0; row < region.height; row++) {
    const y = modulo(region.y + row - place.y, size.height + gap);
    if (y >= size.height) continue;
    for (let column = 0; column < region.width; column++) {
      const x = modulo(region.x + column - place.x, size.width + gap);
      if (x >= size.width) continue;
      copyPixel(raster, (y - window.y) * raster.width + x - window.x, layer.data, row * region.width + column);
    }
  }
  return layer;
}

const blank = ({ width, height }: Region): DeepRaster => ({
  width,
  height,
  channels: 4,
  data: new Uint16Array(width * height * 4),
});

/** Copies a pixel to red, green, blue and alpha. */
function copyPixel({ channels, data }: DeepRaster, pixel: number, target: Uint16Array, place: number): void {
  const [from, to] = [pixel * channels, place * 4];
  const coloured = channels > 2 ? 1 : 0;
  target[to] = data[from]!;
  target[to + 1] = data[from + coloured]!;
  target[to + 2] = data[from + 2 * coloured]!;
  target[to + 3] = channels % 2 === 0 ? data[from + channels - 1]! : MOST;
}
