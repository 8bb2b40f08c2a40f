import { SIDES, type Segment, type Side, type Sides } from './sides.ts';
import { pushVarint, type ByteReader } from './varint.ts';

/**
 * Layout, all numbers as varints: for each side, in the order of SIDES, the number of segments and for each the pixels since
 * the end of the one before, its length, and `next − label`, where `next` is the number of labels met so far: 0 stands
 * for a new one. Nearly every number takes one byte.
 */
export function pushSides(bytes: number[], sides: Sides): void {
  let next = 0;
  for (const side of SIDES) {
    pushVarint(bytes, sides[side].length);
    let position = 0;
    for (const { start, end, label } of sides[side]) {
      pushVarint(bytes, start - position);
      pushVarint(bytes, end - start);
      pushVarint(bytes, next - label);
      if (label === next) next++;
      position = end;
    }
  }
}

/**
 * Reads what `pushSides` wrote.
 *
 * @param labels how many there are.
 * @throws AppError STORE_CORRUPT if the bytes are no sides with so many labels.
 */
export function readSides(reader: ByteReader, labels: number): Sides {
  let next = 0;
  const side = (): Segment[] => {
    const segments: Segment[] = [];
    let position = 0;
    for (let count = reader.count(3); count > 0; count--) {
      const start = position + reader.varint();
      const end = start + reader.varint();
      const label = next - reader.varint();
      if (label < 0 || label >= labels || end === start) throw reader.corrupt();
      if (label === next) next++;
      segments.push({ start, end, label });
      position = end;
    }
    return segments;
  };
  const sides: Record<Side, readonly Segment[]> = { top: side(), bottom: side(), left: side(), right: side() };
  if (next !== labels) throw reader.corrupt();
  return sides;
}
