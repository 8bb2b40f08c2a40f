import type { SampleType } from '@tessera/contracts';
import { SAMPLE_TYPES, type Samples } from './sample-type.ts';

/** One byte per sample: 1 where it is not nodata; `undefined` where none is. NaN stands for itself. */
export function validByNodata(samples: Samples, nodata: number): Uint8Array<ArrayBuffer> | undefined {
  if (Number.isNaN(nodata)) return validWhere(samples, (sample) => !Number.isNaN(sample));
  return samples.includes(nodata) ? validWhere(samples, (sample) => sample !== nodata) : undefined;
}

/** One byte per sample: 1 where a mask or alpha is not 0; `undefined` where it never is. */
export function validByMask(mask: Samples): Uint8Array<ArrayBuffer> | undefined {
  return mask.includes(0) ? validWhere(mask, (sample) => sample !== 0) : undefined;
}

/** The value that a type has for nodata where it can not hold it: the nearest. NaN becomes 0 for whole numbers. */
export function nearestSample(type: SampleType, value: number): number {
  const { kind, range } = SAMPLE_TYPES[type];
  if (kind === 'float') return value;
  return Number.isNaN(value) ? 0 : Math.round(Math.min(range[1], Math.max(range[0], value)));
}

function validWhere(samples: Samples, isValid: (sample: number) => boolean): Uint8Array<ArrayBuffer> | undefined {
  const valid = new Uint8Array(samples.length);
  let all = true;
  for (let i = 0; i < samples.length; i += 1) {
    if (isValid(samples[i]!)) valid[i] = 1;
    else all = false;
  }
  return all ? undefined : valid;
}
