import type { SampleType } from '@tessera/contracts';
import { SAMPLE_TYPES, type Samples } from '../raster/sample-type.ts';

/**
 * Samples have keys: whole numbers in the same order as the samples, of one to four digits of 16 bits, by which ranks are
 * found exactly, digit by digit, as in a radix sort.
 */
export interface SampleKeys {
  /** Digits of a key; as many passes are needed. */
  readonly digits: number;
  /**
   * Counts one digit of the keys (0: the highest) of measured, finite samples: the i-th of `counts` those samples whose
   * digits before it are, as one number, the i-th of `prefixes`.
   */
  readonly count: (
    samples: Samples,
    valid: Uint8Array | undefined,
    digit: number,
    prefixes: readonly number[],
    counts: readonly Uint32Array[],
  ) => void;
  /** The sample whose key this is; only exact for a key of a sample. */
  readonly sampleOf: (digits: readonly number[]) => number;
}

const DIGIT = 2 ** 16;
const SIGN = 0x8000_0000;
/** Of a float32: all of these bits are set where it is not finite. */
const EXPONENT = 0x7f80_0000;

/** Keys of samples of a type. */
export function sampleKeys(type: SampleType): SampleKeys {
  const { bytes, kind, range } = SAMPLE_TYPES[type];
  if (bytes <= 2) return shortKeys(range[0]);
  return bytes === 4 ? wordKeys(kind) : doubleKeys;
}

/** The distance from the least value. */
function shortKeys(least: number): SampleKeys {
  return {
    digits: 1,
    count(samples, valid, _digit, _prefixes, [counts]) {
      for (let i = 0; i < samples.length; i++) if (valid?.[i] !== 0) counts![samples[i]! - least]!++;
    },
    sampleOf: ([digit = 0]) => digit + least,
  };
}

/** Bits of a float with its sign turned round, and all turned round where it is negative, are in the order of floats. */
function keyOfFloat(bits: number): number {
  return ((bits & SIGN) === 0 ? bits ^ SIGN : ~bits) >>> 0;
}

function floatOfKey(key: number): number {
  return ((key & SIGN) === 0 ? ~key : key ^ SIGN) >>> 0;
}

function wordKeys(kind: 'unsigned' | 'signed' | 'float'): SampleKeys {
  const flip = kind === 'signed' ? SIGN : 0;
  return {
    digits: 2,
    count(samples, valid, digit, prefixes, counts) {
      const words = new Uint32Array(samples.buffer, samples.byteOffset, samples.length);
      const isFloat = kind === 'float';
      // Two ends are searched for: there are no more prefixes. No key's digit is −1.
      const [first = -1, second = -1] = digit === 0 ? [] : prefixes;
      const [one, two = one] = counts;
      for (let i = 0; i < words.length; i++) {
        const bits = words[i]!;
        if (valid?.[i] === 0 || (isFloat && (bits & EXPONENT) === EXPONENT)) continue;
        const key = isFloat ? keyOfFloat(bits) : (bits ^ flip) >>> 0;
        const high = key >>> 16;
        if (digit === 0) one![high]!++;
        else if (high === first) one![key & 0xffff]!++;
        else if (high === second) two![key & 0xffff]!++;
      }
    },
    sampleOf([high = 0, low = 0]) {
      const key = (high * DIGIT + low) >>> 0;
      const word = Uint32Array.of(kind === 'float' ? floatOfKey(key) : key ^ flip);
      const view =
        kind === 'float' ? new Float32Array(word.buffer) : kind === 'signed' ? new Int32Array(word.buffer) : word;
      return view[0]!;
    },
  };
}

const doubleKeys: SampleKeys = {
  digits: 4,
  count(samples, valid, digit, prefixes, counts) {
    for (let i = 0; i < samples.length; i++) {
      const sample = samples[i]!;
      if (valid?.[i] === 0 || !Number.isFinite(sample)) continue;
      const digits = digitsOfDouble(sample);
      let prefix = 0;
      for (let known = 0; known < digit; known++) prefix = prefix * DIGIT + digits[known]!;
      const at = prefixes.indexOf(prefix);
      if (at >= 0) counts[at]![digits[digit]!]!++;
    }
  },
  sampleOf(digits) {
    const inverted = digits[0]! < DIGIT / 2;
    scratch.setUint16(0, inverted ? ~digits[0]! : digits[0]! ^ 0x8000);
    for (let at = 1; at < 4; at++) scratch.setUint16(2 * at, inverted ? ~digits[at]! : digits[at]!);
    return scratch.getFloat64(0);
  },
};

const scratch = new DataView(new ArrayBuffer(8));
const digitsOfOne: [number, number, number, number] = [0, 0, 0, 0];

/** Valid until the next call. */
function digitsOfDouble(sample: number): readonly number[] {
  scratch.setFloat64(0, sample);
  const negative = sample < 0 || Object.is(sample, -0);
  for (let at = 0; at < 4; at++) {
    const digit = scratch.getUint16(2 * at);
    digitsOfOne[at] = negative ? ~digit & 0xffff : at === 0 ? digit ^ 0x8000 : digit;
  }
  return digitsOfOne;
}
