import { AppError } from '@tessera/runtime/app-error';

/** Least and greatest sample of a block; of none, infinities the wrong way round. */
export interface ExtremesPartial {
  readonly least: number;
  readonly greatest: number;
}

/** Values of a digit. */
export const DIGIT_VALUES = 65_536;

export function encodeExtremes({ least, greatest }: ExtremesPartial): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(16));
  view.setFloat64(0, least);
  view.setFloat64(8, greatest);
  return new Uint8Array(view.buffer);
}

/** @throws AppError INTERNAL for bytes that are none. */
export function decodeExtremes(bytes: Uint8Array): ExtremesPartial {
  if (bytes.length !== 16) throw damaged();
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
  return { least: view.getFloat64(0), greatest: view.getFloat64(8) };
}

/**
 * How often each value of a digit occurs in a block: those that do, each as the distance to the one before and its
 * count, in groups of 7 bits.
 */
export function encodeCounts(histograms: readonly Uint32Array[]): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  const write = (value: number): void => {
    for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
    bytes.push(value);
  };
  for (const counts of histograms) {
    const used: number[] = [];
    for (let bin = 0; bin < counts.length; bin++) if (counts[bin]! > 0) used.push(bin);
    write(used.length);
    let before = 0;
    for (const bin of used) {
      write(bin - before);
      write(counts[bin]!);
      before = bin;
    }
  }
  return Uint8Array.from(bytes);
}

/** Adds what {@link encodeCounts} wrote to histograms. @throws AppError INTERNAL for bytes that are none. */
export function addCounts(bytes: Uint8Array, histograms: readonly Float64Array[]): void {
  let at = 0;
  const read = (): number => {
    let value = 0;
    for (let factor = 1; factor < 2 ** 53; factor *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw damaged();
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
    throw damaged();
  };
  for (const counts of histograms) {
    const used = read();
    let bin = 0;
    for (let entry = 0; entry < used; entry++) {
      bin += read();
      if (bin >= DIGIT_VALUES) throw damaged();
      counts[bin]! += read();
    }
  }
  if (at !== bytes.length) throw damaged();
}

function damaged(): AppError {
  return new AppError('INTERNAL', { details: { what: 'partial of a range' } });
}
