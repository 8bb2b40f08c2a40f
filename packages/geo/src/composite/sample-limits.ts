import type { Composite, SampleType } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';

/** Types of samples that composites are made of. */
export type CountedType = Extract<SampleType, 'uint8' | 'uint16'>;

/** Samples of such a type. */
export type CountedSamples = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

/** The values that do not count. */
export interface SampleLimits {
  readonly nodata: number;
  /** Equal to `nodata` where no value stands for "too bright to tell". */
  readonly saturation: number;
}

/**
 * Says which values of a type do not count.
 *
 * @throws AppError UNSUPPORTED_RASTER for other types, or if the type can not hold the values.
 */
export function sampleLimits(composite: Composite, type: SampleType): SampleLimits {
  if (!isCountedType(type)) throw new AppError('UNSUPPORTED_RASTER', { details: { type } });
  const saturation = composite.saturation === undefined && type === 'uint8' ? 255 : composite.saturation;
  const limits = { nodata: composite.nodata, saturation: saturation ?? composite.nodata };
  const most = type === 'uint8' ? 255 : 65_535;
  if (limits.nodata > most || limits.saturation > most)
    throw new AppError('UNSUPPORTED_RASTER', { details: { type, ...limits } });
  return limits;
}

function isCountedType(type: SampleType): type is CountedType {
  return type === 'uint8' || type === 'uint16';
}
