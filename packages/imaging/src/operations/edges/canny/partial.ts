import { bitAt, bitBytes, packBits } from '../../../components/bits.ts';
import { pushSides, readSides } from '../../../components/sides-codec.ts';
import { ByteReader, pushVarint } from '../../../components/varint.ts';
import type { BorderLabels } from './border-labels.ts';

/**
 * Layout: the number of labels, as a varint; one bit a label, set if strong; then the sides. A band of 12000 columns takes
 * 48 kB at the very worst.
 */
export function encodePartial({ sides, strong }: BorderLabels): Uint8Array {
  const bytes: number[] = [];
  pushVarint(bytes, strong.length);
  for (const byte of packBits(strong)) bytes.push(byte);
  pushSides(bytes, sides);
  return Uint8Array.from(bytes);
}

/**
 * Reads what `encodePartial` wrote.
 *
 * @throws AppError STORE_CORRUPT if the bytes are no partial.
 */
export function decodePartial(bytes: Uint8Array): BorderLabels {
  const reader = new ByteReader(bytes, 'canny partial');
  const labels = reader.varint();
  const flags = reader.take(bitBytes(labels));
  const strong = new Uint8Array(labels);
  for (let label = 0; label < labels; label++) strong[label] = bitAt(flags, label) ? 1 : 0;
  const sides = readSides(reader, labels);
  reader.end();
  return { sides, strong };
}
