import type { PictureWish, RasterPicture, RasterTarget, Scaling } from '@tessera/contracts';
import { RequestProblems } from '../http/problems.ts';

const DEFAULT_STRETCH = { kind: 'percentiles', low: 2, high: 98 } as const;
/** Reflectance that is white in a picture of the earth: most of what is no cloud or snow is darker. */
const WHITE = 0.3;

/**
 * Makes every choice that a wish for a picture leaves open.
 *
 * @param reflectance How samples of red, green and blue become reflectances, where they do.
 * @throws RequestProblems BAD_REQUEST for a band that the product does not have.
 */
export function pictureOf(
  { palette, stretch, band }: PictureWish,
  { type, bands }: RasterTarget,
  reflectance?: Pick<Scaling, 'scale' | 'offset'>,
): RasterPicture {
  const isColours = bands.length === 3 && palette === undefined && band === undefined;
  if (isColours && stretch === undefined && type === 'uint8') return { kind: 'rgb' };
  if (isColours && stretch === undefined && reflectance !== undefined) {
    const { scale, offset } = reflectance;
    return { kind: 'rgb', range: { low: -offset / scale, high: (WHITE - offset) / scale } };
  }
  if (isColours && stretch?.kind === 'fixed') return { kind: 'rgb', range: { low: stretch.low, high: stretch.high } };
  const painted = band ?? 1;
  if (painted > bands.length) {
    const message = `The product has ${String(bands.length)} bands.`;
    throw new RequestProblems('BAD_REQUEST', [{ path: 'output.picture.band', message }]);
  }
  return { kind: 'band', band: painted - 1, palette: palette ?? 'greys', stretch: stretch ?? DEFAULT_STRETCH };
}
