import type { SampleType } from '@tessera/contracts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import type { CogCompression } from './cog-options.ts';

/** The predictor that compresses samples of a type best. */
export function defaultPredictor(type: SampleType, compression: CogCompression): 1 | 2 | 3 {
  if (compression === 'none' || compression === 'jpeg') return 1;
  return SAMPLE_TYPES[type].kind === 'float' ? 3 : 2;
}
