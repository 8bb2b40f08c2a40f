import type { BandFacts, Scaling } from '@tessera/contracts';
import type { Samples } from '../raster/sample-type.ts';

/** Samples as they are. */
export const UNSCALED: Scaling = { scale: 1, offset: 0, source: 'none' };

/** What the tags of a file say of a band. */
export function fileScaling({ scale, offset }: BandFacts): Scaling {
  return scale === 1 && offset === 0 ? UNSCALED : { scale, offset, source: 'file' };
}

/**
 * Physical values, such as reflectances, of samples: computed in double precision and rounded once, so that they equal
 * numpy's `(samples * scale + offset).astype('float32')`. {@link computeIndex} does the same as it goes.
 */
export function reflectance(
  samples: Samples,
  { scale, offset }: Pick<Scaling, 'scale' | 'offset'>,
): Float32Array<ArrayBuffer> {
  const values = new Float32Array(samples.length);
  for (let i = 0; i < values.length; i++) values[i] = samples[i]! * scale + offset;
  return values;
}
