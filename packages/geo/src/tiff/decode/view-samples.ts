import type { SampleType } from '@tessera/contracts';
import type { Samples } from '../../raster/sample-type.ts';

const VIEWS = {
  ...{ uint8: Uint8Array, int8: Int8Array, uint16: Uint16Array, int16: Int16Array, uint32: Uint32Array },
  ...{ int32: Int32Array, float32: Float32Array, float64: Float64Array },
} as const;

/** The same memory as samples of a type. The bytes begin at a multiple of the sample's size. */
export function viewSamples(bytes: Uint8Array, type: SampleType): Samples {
  const View = VIEWS[type];
  return new View(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length / View.BYTES_PER_ELEMENT);
}

/** Bytes that may be changed and seen as samples of any type: these, if nobody else has them, or a copy. */
export function ownBytes(bytes: Uint8Array, shared: boolean): Uint8Array {
  return shared || bytes.byteOffset % 8 !== 0 ? new Uint8Array(bytes) : bytes;
}
