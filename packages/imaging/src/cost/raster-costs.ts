import type { RasterCompression, RasterStage, RasterWork } from '@tessera/contracts';

/** Milliseconds of one core per megapixel and band, measured on one thread of a server processor. */
const READ = 9;
const COMPUTE = 2;
/** Of a scene's band in a composite: selecting the sample that counts. */
const SELECT = 3;
const ENCODE: Readonly<Record<RasterCompression, number>> = { none: 4, deflate: 60, zstd: 35, lzw: 40, jpeg: 12 };
/** All overviews together have a third of the pixels, and most of them are made with the windows. */
const OVERVIEWS = 1 / 3;
const FEW_OVERVIEWS = 1 / 48;
const JOIN = 0.5;
/** Reading what was just written, of one band. */
const DECODE_OWN = 8;
const OBSERVE = 4;
const MERGE_RANGE = 0.1;
/** Levels, colours, filters and deflate. */
const PAINT = 25;

/** Milliseconds per megapixel of the whole product that a stage takes. */
export function rasterStageCost(stage: RasterStage, work: RasterWork): number {
  const { compute, target, cog, sources } = work;
  const encode = ENCODE[cog.compression] * target.bands.length;
  switch (stage.kind) {
    case 'window': {
      const read =
        compute.kind === 'index'
          ? Object.keys(compute.inputs).length * (READ + COMPUTE)
          : sources * compute.bands.length * (READ + SELECT);
      return read + encode * (1 + OVERVIEWS);
    }
    case 'overview':
      return encode * FEW_OVERVIEWS;
    case 'cog':
    case 'picture':
      return JOIN;
    case 'range':
      return DECODE_OWN * target.bands.length + OBSERVE;
    case 'stretch':
      return MERGE_RANGE;
    case 'paint':
      return DECODE_OWN * target.bands.length + PAINT;
  }
}
