import type { RasterWork, Region } from '@tessera/contracts';

/** Samples per band that one task paints, about. The picture's bytes depend on its bands: windows have no say in them. */
const BAND_SAMPLES = 1024 * 1024;
/** Above so many samples a band has fewer rows than a tile, though its tiles are then read more than once. */
const MAX_BAND_SAMPLES = 16 * 1024 * 1024;
const LEAST_ROWS = 16;

/** How the picture of a product is divided. */
export interface PicturePlace {
  /** Grey, grey and opacity, colours, or colours and opacity. */
  readonly channels: number;
  /** Rows of a band; the last may have fewer. */
  readonly rows: number;
  /** From top to bottom, all as wide as the picture. */
  readonly bands: readonly Region[];
}

/** Divides the picture of a product; the same on every machine that has the plan. */
export function picturePlace(
  { picture, target, cog }: RasterWork,
  { width, height }: { readonly width: number; readonly height: number },
): PicturePlace {
  const colours = picture?.kind === 'band' && picture.palette === 'greys' ? 1 : 3;
  let rows = cog.tile * Math.max(1, Math.floor(BAND_SAMPLES / width / cog.tile));
  while (rows > LEAST_ROWS && rows * width > MAX_BAND_SAMPLES) rows /= 2;
  rows = Math.min(rows, height);
  const bands = Array.from({ length: Math.ceil(height / rows) }, (_, band): Region => {
    const y = band * rows;
    return { x: 0, y, width, height: Math.min(rows, height - y) };
  });
  return { channels: colours + (target.nodata === null ? 0 : 1), rows, bands };
}
