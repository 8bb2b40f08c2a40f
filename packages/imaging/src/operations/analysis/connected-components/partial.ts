import { pushSides, readSides } from '../../../components/sides-codec.ts';
import { ByteReader, pushVarint } from '../../../components/varint.ts';
import { pushMeasures, readMeasures } from './measures.ts';
import type { Found, Observed } from './observe-objects.ts';

/**
 * Layout, all numbers as varints: rows, and of each how many closed objects begin there; their pixels; open objects; sides;
 * the largest closed objects.
 */
export function encodePartial({ sides, open, begun, pixels, largest }: Observed): Uint8Array {
  const bytes: number[] = [];
  pushVarint(bytes, begun.length);
  for (const objects of begun) pushVarint(bytes, objects);
  pushVarint(bytes, pixels);
  pushAll(bytes, open);
  pushSides(bytes, sides);
  pushAll(bytes, largest);
  return Uint8Array.from(bytes);
}

/**
 * Reads what `encodePartial` wrote.
 *
 * @throws AppError STORE_CORRUPT if the bytes are no partial.
 */
export function decodePartial(bytes: Uint8Array): Observed {
  const reader = new ByteReader(bytes, 'partial of connected components');
  const begun = Float64Array.from({ length: reader.count() }, () => reader.varint());
  const pixels = reader.varint();
  const open = readAll(reader);
  const sides = readSides(reader, open.length);
  const largest = readAll(reader);
  reader.end();
  return { sides, open, begun, pixels, largest };
}

function pushAll(bytes: number[], objects: readonly Found[]): void {
  pushVarint(bytes, objects.length);
  for (const object of objects) {
    pushMeasures(bytes, object);
    pushVarint(bytes, object.first - object.left);
    pushVarint(bytes, object.before);
  }
}

function readAll(reader: ByteReader): Found[] {
  return Array.from({ length: reader.count(9) }, () => {
    const measures = readMeasures(reader);
    return { ...measures, first: measures.left + reader.varint(), before: reader.varint() };
  });
}
