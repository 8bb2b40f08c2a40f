import type { PictureWish, RasterPicture, RasterTarget } from '@tessera/contracts';
import { RequestProblems } from '../http/problems.ts';

const DEFAULT_STRETCH = { kind: 'percentiles', low: 2, high: 98 } as const;

/**
 * Makes every choice that a wish for a picture leaves open.
 *
 * @throws RequestProblems BAD_REQUEST for a band that the product does not have.
 */
export function pictureOf({ palette, stretch, band }: PictureWish, { type, bands }: RasterTarget): RasterPicture {
  const isPlain = palette === undefined && stretch === undefined && band === undefined;
  if (isPlain && type === 'uint8' && bands.length === 3) return { kind: 'rgb' };
  const painted = band ?? 1;
  if (painted > bands.length) {
    const message = `The product has ${String(bands.length)} bands.`;
    throw new RequestProblems('BAD_REQUEST', [{ path: 'output.picture.band', message }]);
  }
  return { kind: 'band', band: painted - 1, palette: palette ?? 'greys', stretch: stretch ?? DEFAULT_STRETCH };
}
