import { colourChannels, type Raster } from '../../../raster.ts';

/** Which pixels belong to components, and which neighbours are linked; pixels are told by their number in raster order. */
export interface Links {
  readonly inside: (pixel: number) => boolean;
  /** Of two neighbours that are both inside; absent: all are. */
  readonly linked?: (a: number, b: number) => boolean;
}

/** Levels of a colour, as many as the picture has channels of colour. */
export type Colour = readonly number[];

/** All pixels that differ from a colour by `tolerance` levels at most, in each channel. */
export function likeColour({ data, channels }: Raster, colour: Colour, tolerance: number): Links {
  const three = colour.length === 3;
  const [red, green, blue] = [0, 1, 2].map((channel) => (colour[channel] ?? 0) - tolerance) as [number, number, number];
  // Of what is below the least level the unsigned difference is very large.
  const span = 2 * tolerance;
  return {
    inside: (pixel) => {
      const at = pixel * channels;
      if ((data[at]! - red) >>> 0 > span) return false;
      return !three || ((data[at + 1]! - green) >>> 0 <= span && (data[at + 2]! - blue) >>> 0 <= span);
    },
  };
}

/** Neighbours that differ by `tolerance` levels at most, in each channel. */
export function likeNeighbours({ data, channels }: Raster, tolerance: number): Links {
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
