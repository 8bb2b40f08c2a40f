import type { RasterFacts } from '@tessera/contracts';
import type { CogOptions } from '../cog/cog-options.ts';

/** The file that a raster of any kind is turned into: all that it tells is kept, masks become alpha. */
export function tiledOptions(facts: RasterFacts): CogOptions {
  const { width, height, type, bands, nodata, epsg, transform } = facts;
  const alpha = needsAlpha(facts);
  return {
    ...{ width, height, type, epsg, transform, alpha },
    bands: bands.length + (alpha ? 1 : 0),
    nodata: alpha ? null : nodata,
    metadata: {
      bands: bands.map(({ name, scale, offset }) => ({
        ...(name === null ? {} : { description: name }),
        scale,
        offset,
      })),
    },
  };
}

/** Whether something else than nodata says where there is data: a mask, or alpha where there is no nodata. */
export function needsAlpha({ mask, nodata }: RasterFacts): boolean {
  return mask === 'mask' || (mask === 'alpha' && nodata === null);
}
