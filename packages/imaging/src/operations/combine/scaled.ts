import type { Region, Size } from '@tessera/contracts';
import type { OtherSource } from '../../pass/other-pictures.ts';
import type { Raster, Samples, Window } from '../../raster.ts';
import { resampleDeep } from '../deep/deep-resample.ts';
import { resample, resampleNeeds } from '../geometry/resample.ts';

/** How another picture is made as large as this one: not at all, without keeping its shape, beyond it, or within it. */
export type Fit = 'none' | 'stretch' | 'cover' | 'contain';

const KERNEL = 'lanczos';
const rounded = (length: number): number => Math.max(1, Math.round(length));

/** The size that a picture gets which is fitted to a box. */
export function fittedSize(fit: Fit, other: Size, box: Size): Size {
  const [across, down] = [box.width / other.width, box.height / other.height];
  const by = (scale: number): Size =>
    scale === across
      ? { width: box.width, height: rounded(other.height * scale) }
      : { width: rounded(other.width * scale), height: box.height };
  switch (fit) {
    case 'none':
      return other;
    case 'stretch':
      return { width: box.width, height: box.height };
    case 'cover':
      return by(Math.max(across, down));
    case 'contain':
      return by(Math.min(across, down));
  }
}

/** Pixels of a picture that is repeated, at most: all of it may be seen at once. */
const MOST_REPEATED = 16_000_000;

/** The size of a mark that is to be so many percent of a picture's width; 0: its own. It is no higher than the picture. */
export function markSize(percent: number, repeated: boolean, mark: Size, picture: Size): Size {
  if (percent === 0) return mark;
  const width = rounded((picture.width * percent) / 100);
  const size = fittedSize('contain', mark, { width, height: picture.height });
  const most = Math.sqrt(MOST_REPEATED / (size.width * size.height));
  if (!repeated || most >= 1) return size;
  return { width: Math.max(1, Math.floor(size.width * most)), height: Math.max(1, Math.floor(size.height * most)) };
}

/** What of a picture a region of it at another size is made of. */
export function scaledNeeds(seen: Region | undefined, other: Size, size: Size): Region | undefined {
  return seen && resampleNeeds(seen, other, size, KERNEL);
}

/** Makes a region of a picture at another size. */
type Resample<S extends Samples> = (
  input: Window<S>,
  region: Region,
  picture: Size,
  size: Size,
  kernel: typeof KERNEL,
) => Raster<S>;

function scaling<S extends Samples>(made: Resample<S>): (other: OtherSource<S>, size: Size) => OtherSource<S> {
  return (other, size) => {
    if (size.width === other.size.width && size.height === other.size.height) return other;
    return {
      size,
      read: (region) => {
        const window = other.read(resampleNeeds(region, other.size, size, KERNEL));
        return { x: region.x, y: region.y, raster: made(window, region, other.size, size, KERNEL) };
      },
    };
  };
}

/** A picture at another size; where that is its own, with its own pixels. */
export const scaledOther = scaling(resample);

/** The same in 16 bits. */
export const scaledDeepOther = scaling(resampleDeep);
