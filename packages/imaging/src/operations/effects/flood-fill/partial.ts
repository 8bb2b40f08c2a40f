import { bitAt, bitBytes, packBits } from '../../../components/bits.ts';
import { pushSides, readSides } from '../../../components/sides-codec.ts';
import type { Sides } from '../../../components/sides.ts';
import { pushVarint, type ByteReader } from '../../../components/varint.ts';

/** What a region tells of one filling. */
export interface Observed {
  readonly sides: Sides;
  /** By label: 1 if the component holds a point where the filling begins. */
  readonly begun: Uint8Array;
}

/** Layout: the number of labels, as a varint; one bit a label, set if it is begun; then the sides. */
export function pushObserved(bytes: number[], { sides, begun }: Observed): void {
  pushVarint(bytes, begun.length);
  for (const byte of packBits(begun)) bytes.push(byte);
  pushSides(bytes, sides);
}

/**
 * Reads what `pushObserved` wrote.
 *
 * @throws AppError STORE_CORRUPT if the bytes are something else.
 */
export function readObserved(reader: ByteReader): Observed {
  const labels = reader.varint();
  const bits = reader.take(bitBytes(labels));
  const begun = Uint8Array.from({ length: labels }, (_, label) => (bitAt(bits, label) ? 1 : 0));
  return { sides: readSides(reader, labels), begun };
}
