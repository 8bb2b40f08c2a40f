import type { SampleType } from '@tessera/contracts';

/** Samples of one band, row-major. */
export type Samples =
  | Uint8Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

interface SampleTypeFacts {
  /** Bytes of one sample. */
  readonly bytes: number;
  readonly kind: 'unsigned' | 'signed' | 'float';
  /** Least and greatest finite value. */
  readonly range: readonly [number, number];
  /** Zeros for this number of samples, or a view of the samples in a buffer. */
  readonly samples: (source: number | ArrayBuffer) => Samples;
}

const MAX_FLOAT32 = (2 - 2 ** -23) * 2 ** 127;

/** What each type of sample is made of, and TIFF's SampleFormat calls it: 1 unsigned, 2 signed, 3 float. */
export const SAMPLE_TYPES: Readonly<Record<SampleType, SampleTypeFacts>> = {
  uint8: { bytes: 1, kind: 'unsigned', range: [0, 255], samples: (source) => new Uint8Array(source as number) },
  int8: { bytes: 1, kind: 'signed', range: [-128, 127], samples: (source) => new Int8Array(source as number) },
  uint16: { bytes: 2, kind: 'unsigned', range: [0, 65_535], samples: (source) => new Uint16Array(source as number) },
  int16: { bytes: 2, kind: 'signed', range: [-32_768, 32_767], samples: (source) => new Int16Array(source as number) },
  uint32: {
    bytes: 4,
    kind: 'unsigned',
    range: [0, 4_294_967_295],
    samples: (source) => new Uint32Array(source as number),
  },
  int32: {
    bytes: 4,
    kind: 'signed',
    range: [-2_147_483_648, 2_147_483_647],
    samples: (source) => new Int32Array(source as number),
  },
  float32: {
    bytes: 4,
    kind: 'float',
    range: [-MAX_FLOAT32, MAX_FLOAT32],
    samples: (source) => new Float32Array(source as number),
  },
  float64: {
    bytes: 8,
    kind: 'float',
    range: [-Number.MAX_VALUE, Number.MAX_VALUE],
    samples: (source) => new Float64Array(source as number),
  },
};
