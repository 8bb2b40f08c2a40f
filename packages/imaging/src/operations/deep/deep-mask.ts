import type { OperationParams, Region, Size } from '@tessera/contracts';
import { colourChannels, hasAlpha } from '../../raster.ts';
import { placeAt } from '../combine/placing.ts';
import { stripsOf } from '../combine/strips.ts';
import { multiplyDeep } from './deep-compose.ts';
import { toDeepGray } from './deep-gray.ts';
import { deepLayerOnce, type DeepSource } from './deep-layer.ts';
import { createDeep, MOST, type DeepRaster } from './deep-raster.ts';

/** As for 8 bits, see `mask`, with shares of 65535. */
export function maskDeep(
  input: DeepRaster,
  other: DeepSource,
  region: Region,
  picture: Size,
  { source, rest, invert, position }: OperationParams<'mask'>,
): DeepRaster {
  const place = placeAt(position, other.size, picture);
  const kept = new Uint16Array(region.width * region.height);
  for (const strip of stripsOf(region)) {
    const shares = sharesOf(deepLayerOnce(strip, other, place), source, invert);
    kept.set(shares, (strip.y - region.y) * region.width);
  }
  return rest === 'transparent' ? fade(input, kept) : darken(input, kept);
}

function sharesOf(layer: DeepRaster, source: 'luma' | 'alpha', invert: boolean): Uint16Array {
  const { data } = toDeepGray(layer);
  return Uint16Array.from({ length: data.length / 2 }, (_, pixel) => {
    const [luma, alpha] = [data[2 * pixel]!, data[2 * pixel + 1]!];
    const share = source === 'luma' ? multiplyDeep(luma, alpha) : alpha;
    return invert ? MOST - share : share;
  });
}

function fade(input: DeepRaster, kept: Uint16Array): DeepRaster {
  const { width, height, channels, data } = input;
  const colours = colourChannels(channels);
  const output = createDeep(width, height, colours + 1);
  for (let pixel = 0, from = 0, to = 0; pixel < kept.length; pixel++, from += channels, to += output.channels) {
    for (let colour = 0; colour < colours; colour++) output.data[to + colour] = data[from + colour]!;
    const alpha = hasAlpha(channels) ? data[from + colours]! : MOST;
    output.data[to + colours] = multiplyDeep(alpha, kept[pixel]!);
  }
  return output;
}

function darken(input: DeepRaster, kept: Uint16Array): DeepRaster {
  const { width, height, channels, data } = input;
  const colours = colourChannels(channels);
  const output = createDeep(width, height, channels);
  for (let pixel = 0, at = 0; pixel < kept.length; pixel++) {
    for (let channel = 0; channel < channels; channel++, at++) {
      const level = data[at]!;
      output.data[at] = channel < colours ? multiplyDeep(level, kept[pixel]!) : level;
    }
  }
  return output;
}
