import type { Scaling } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { UNSCALED } from './scaling.ts';

/** Reflectance of one step of a sample, in all products of levels 1C and 2A. */
const SCALE = 0.0001;
/** Since processing baseline 04.00 (25 January 2022) samples are 1000 higher, so that dark ones need not be negative. */
const OFFSET = -0.1;
const FIRST_BASELINE_WITH_OFFSET = 4;

/** What a catalogue or a file tells of a Sentinel-2 scene. */
export interface Sentinel2Facts {
  /** `s2:processing_baseline`, for example `05.09`, or `N0509` of a product's name. */
  readonly processingBaseline: string | undefined;
  /**
   * `earthsearch:boa_offset_applied`: whether Earth Search has taken the offset out of the samples already. Its
   * `raster:bands` go on naming the offset −0.1 for such scenes: who believes them subtracts it twice.
   */
  readonly offsetApplied?: boolean | undefined;
}

/**
 * From samples of Sentinel-2 to reflectance. The offset is the same in all bands, but does not cancel out of normalised
 * differences: without it an NDVI of 0.8 may show as 0.6.
 *
 * @throws AppError UNSUPPORTED_RASTER if neither baseline nor offset are known: a guess would be wrong for half of all scenes.
 */
export function sentinel2Scaling({ processingBaseline, offsetApplied }: Sentinel2Facts): Scaling {
  if (offsetApplied === true) return { scale: SCALE, offset: 0, source: 'harmonised' };
  const baseline = readBaseline(processingBaseline);
  return { scale: SCALE, offset: baseline >= FIRST_BASELINE_WITH_OFFSET ? OFFSET : 0, source: 'baseline' };
}

function readBaseline(text: string | undefined): number {
  const [, major, minor] = /^N?(\d{2})\.?(\d{2})$/.exec(text?.trim() ?? '') ?? [];
  if (major !== undefined) return Number(`${major}.${minor ?? '0'}`);
  throw new AppError('UNSUPPORTED_RASTER', {
    message: 'The processing baseline of this Sentinel-2 scene is not known, so its reflectances are not.',
    details: { processingBaseline: text },
  });
}

/** A band of a STAC item: `raster:bands[0]` of its asset. */
export interface StacBand {
  readonly scale?: number | undefined;
  readonly offset?: number | undefined;
}

/**
 * Scaling of an asset of a STAC item. What is known of Sentinel-2 goes before what `raster:bands` says of reflectances;
 * of other assets, such as its water vapour, and of other sensors the latter is believed.
 *
 * @param properties Of the item.
 */
export function stacScaling(properties: Readonly<Record<string, unknown>>, band: StacBand | undefined): Scaling {
  const offsetApplied = properties['earthsearch:boa_offset_applied'];
  const baseline = properties['s2:processing_baseline'];
  const isSentinel2 = typeof offsetApplied === 'boolean' || typeof baseline === 'string';
  if (isSentinel2 && band?.scale === SCALE)
    return sentinel2Scaling({
      processingBaseline: typeof baseline === 'string' ? baseline : undefined,
      offsetApplied: offsetApplied === true,
    });
  const { scale = 1, offset = 0 } = band ?? {};
  return scale === 1 && offset === 0 ? UNSCALED : { scale, offset, source: 'stac' };
}
