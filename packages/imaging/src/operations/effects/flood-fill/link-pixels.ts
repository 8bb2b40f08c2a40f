import { colourChannels, type Raster } from '../../../raster.ts';
import type { Connectivity } from '../../../components/connect-runs.ts';
import { unite } from '../../../components/union-find.ts';

/** No pixel of any component. */
export const OUTSIDE = -1;

/** Which pixels belong to components, and which neighbours are linked; pixels are told by their number in raster order. */
export interface Links {
  readonly inside: (pixel: number) => boolean;
  /** Of two neighbours that are both inside. */
  readonly linked: (a: number, b: number) => boolean;
}

/**
 * Joins all pixels of a raster that are linked.
 *
 * @returns parents, of which `findRoot` finds the root of each pixel; `OUTSIDE` for pixels that belong to nothing.
 */
export function linkPixels(
  { width, height }: Pick<Raster, 'width' | 'height'>,
  { inside, linked }: Links,
  connectivity: Connectivity,
): Int32Array {
  const parents = new Int32Array(width * height);
  const join = (near: number, at: number): void => {
    // Most neighbours are known to be one already.
    if (parents[near] === OUTSIDE || parents[near] === parents[at] || !linked(near, at)) return;
    unite(parents, near, at);
  };
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (!inside(at)) {
        parents[at] = OUTSIDE;
        continue;
      }
      const goesOn = x > 0 && parents[at - 1] !== OUTSIDE && linked(at - 1, at);
      parents[at] = goesOn ? parents[at - 1]! : at;
      if (y === 0) continue;
      join(at - width, at);
      if (connectivity === 4) continue;
      if (x > 0) join(at - width - 1, at);
      if (x < width - 1) join(at - width + 1, at);
    }
  }
  return parents;
}

/** Levels of a colour, as many as the picture has channels of colour. */
export type Colour = readonly number[];

/** All pixels that differ from a colour by `tolerance` levels at most, in each channel. */
export function likeColour({ data, channels }: Raster, colour: Colour, tolerance: number): Links {
  const [red = 0, green = 0, blue = 0] = colour;
  const three = colour.length === 3;
  const near = (a: number, b: number): boolean => a - b <= tolerance && b - a <= tolerance;
  return {
    inside: (pixel) => {
      const at = pixel * channels;
      return near(data[at]!, red) && (!three || (near(data[at + 1]!, green) && near(data[at + 2]!, blue)));
    },
    linked: () => true,
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
