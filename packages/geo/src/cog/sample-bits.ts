import type { Samples } from '../raster/sample-type.ts';

export type SampleBits =
  Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | BigUint64Array<ArrayBuffer>;

/** The same memory as unsigned numbers of the same size: to copy them keeps every bit, also of a NaN. */
export function sampleBits({ buffer, byteOffset, length, BYTES_PER_ELEMENT }: Samples): SampleBits {
  if (BYTES_PER_ELEMENT === 1) return new Uint8Array(buffer, byteOffset, length);
  if (BYTES_PER_ELEMENT === 2) return new Uint16Array(buffer, byteOffset, length);
  if (BYTES_PER_ELEMENT === 4) return new Uint32Array(buffer, byteOffset, length);
  return new BigUint64Array(buffer, byteOffset, length);
}
