import { AppError } from '@tessera/runtime/app-error';
import { bitAt, bitBytes, packBits } from './bits.ts';
import { SIDES, type BorderLabels, type Segment, type Side } from './border-labels.ts';

/**
 * Layout, all numbers as LEB128 varints: number of labels; one bit a label, set if strong; then for each side, in the
 * order of SIDES, the number of segments and for each the pixels since the end of the one before, its length, and
 * `next − label`, where `next` is the number of labels met so far: 0 stands for a new one. Nearly every number takes
 * one byte, so a band of 12000 columns takes 48 kB at the very worst.
 */
export function encodePartial({ sides, strong }: BorderLabels): Uint8Array {
  const bytes: number[] = [];
  pushVarint(bytes, strong.length);
  for (const byte of packBits(strong)) bytes.push(byte);
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
  return Uint8Array.from(bytes);
}

/**
 * Reads what `encodePartial` wrote.
 *
 * @throws AppError STORE_CORRUPT if the bytes are no partial.
 */
export function decodePartial(bytes: Uint8Array): BorderLabels {
  let at = 0;
  const take = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) break;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw corrupt();
  };
  const labels = take();
  const flags = bytes.subarray(at, at + bitBytes(labels));
  if (flags.length !== bitBytes(labels)) throw corrupt();
  at += flags.length;
  const strong = new Uint8Array(labels);
  for (let label = 0; label < labels; label++) strong[label] = bitAt(flags, label) ? 1 : 0;
  let next = 0;
  const side = (): Segment[] => {
    const segments: Segment[] = [];
    let position = 0;
    for (let count = take(); count > 0; count--) {
      const start = position + take();
      const end = start + take();
      const label = next - take();
      if (label < 0 || label >= labels || end === start) throw corrupt();
      if (label === next) next++;
      segments.push({ start, end, label });
      position = end;
    }
    return segments;
  };
  const sides: Record<Side, readonly Segment[]> = { top: side(), bottom: side(), left: side(), right: side() };
  if (at !== bytes.length || next !== labels) throw corrupt();
  return { sides, strong };
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value;
  for (; rest >= 128; rest >>>= 7) bytes.push((rest & 127) | 128);
  bytes.push(rest);
}

function corrupt(): AppError {
  return new AppError('STORE_CORRUPT', { details: { what: 'canny partial' } });
}
