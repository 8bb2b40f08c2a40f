import { colourChannels } from '../../raster.ts';
import type { Colour, Links } from '../effects/flood-fill/links.ts';
import type { DeepRaster } from './deep-raster.ts';

/**
 * As for 8 bits, see `likeColour`; written again, since a loop over pixels that has seen arrays of both depths is up to twice as
 * slow for both.
 */
export function likeDeepColour({ data, channels }: DeepRaster, colour: Colour, tolerance: number): Links {
  const three = colour.length === 3;
  const [red, green, blue] = [0, 1, 2].map((channel) => (colour[channel] ?? 0) - tolerance) as [number, number, number];
  const span = 2 * tolerance;
  return {
    inside: (pixel) => {
      const at = pixel * channels;
      if ((data[at]! - red) >>> 0 > span) return false;
      return !three || ((data[at + 1]! - green) >>> 0 <= span && (data[at + 2]! - blue) >>> 0 <= span);
    },
  };
}

/** As for 8 bits, see `likeNeighbours`. */
export function likeDeepNeighbours({ data, channels }: DeepRaster, tolerance: number): Links {
  const three = colourChannels(channels) === 3;
  const near = (a: number, b: number): boolean => a - b <= tolerance && b - a <= tolerance;
  return {
    inside: () => true,
    linked: (one, other) => {
      const [a, b] = [one * channels, other * channels];
      return (
        near(data[a]!, data[b]!) && (!three || (near(data[a + 1]!, data[b + 1]!) && near(data[a + 2]!, data[b + 2]!)))
      );
    },
  };
}
