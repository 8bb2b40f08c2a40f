import type { RasterFacts } from '@tessera/contracts';

/** Pixels may be this much larger than asked for: sizes of copies are rounded. */
const TOLERANCE = 1.01;

/** The smallest level whose pixels are no larger than `resolution` (see `RasterFile.levelFor`). */
export function levelFor(
  { width, height, transform, overviews }: Pick<RasterFacts, 'width' | 'height' | 'transform' | 'overviews'>,
  resolution: number,
): number {
  const [, dx, rx, , ry, dy] = transform ?? [0, 1, 0, 0, 0, 1];
  const pixel = Math.min(Math.hypot(dx, ry), Math.hypot(rx, dy));
  let level = 0;
  overviews.forEach((overview, index) => {
    const size = pixel * Math.max(width / overview.width, height / overview.height);
    if (size <= resolution * TOLERANCE) level = index + 1;
  });
  return level;
}
