/**
 * Differences of bytes, four at a time: within one 32-bit word the high bits are set aside so that no borrow crosses a
 * byte. Source: H. S. Warren, Hacker's Delight, 2nd edition, section 2-18.
 */
const HIGH = 0x80808080;
const LOW = 0x7f7f7f7f;

/** Bytes with a view of them for reads and writes of whole words at any position. */
export interface Words {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

export function words(bytes: Uint8Array): Words {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

/** Writes each of `length` bytes less the one `step` before it; the first `step` bytes are copied. */
export function subtractLeft(
  from: Words,
  start: number,
  length: number,
  step: number,
  to: Words,
  position: number,
): void {
  const source = from.view;
  const target = to.view;
  for (let i = 0; i < Math.min(step, length); i += 1) to.bytes[position + i] = from.bytes[start + i]!;
  let i = step;
  for (; i + 4 <= length; i += 4) {
    const x = source.getUint32(start + i, true);
    const a = source.getUint32(start + i - step, true);
    target.setUint32(position + i, ((x | HIGH) - (a & LOW)) ^ ((x ^ ~a) & HIGH), true);
  }
  for (; i < length; i += 1) to.bytes[position + i] = from.bytes[start + i]! - from.bytes[start + i - step]!;
}

/** Writes each of `length` bytes less the one `length` before it: the row above. */
export function subtractAbove(from: Words, start: number, length: number, to: Words, position: number): void {
  const source = from.view;
  const target = to.view;
  const above = start - length;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    const x = source.getUint32(start + i, true);
    const b = source.getUint32(above + i, true);
    target.setUint32(position + i, ((x | HIGH) - (b & LOW)) ^ ((x ^ ~b) & HIGH), true);
  }
  for (; i < length; i += 1) to.bytes[position + i] = from.bytes[start + i]! - from.bytes[above + i]!;
}

/** Writes each of `length` bytes less the mean, rounded down, of the one `step` before it and the one above. */
export function subtractMean(
  from: Words,
  start: number,
  length: number,
  step: number,
  to: Words,
  position: number,
): void {
  const source = from.view;
  const target = to.view;
  const above = start - length;
  for (let i = 0; i < Math.min(step, length); i += 1) {
    to.bytes[position + i] = from.bytes[start + i]! - (from.bytes[above + i]! >> 1);
  }
  let i = step;
  for (; i + 4 <= length; i += 4) {
    const x = source.getUint32(start + i, true);
    const a = source.getUint32(start + i - step, true);
    const b = source.getUint32(above + i, true);
    const mean = (a & b) + (((a ^ b) >>> 1) & LOW);
    target.setUint32(position + i, ((x | HIGH) - (mean & LOW)) ^ ((x ^ ~mean) & HIGH), true);
  }
  for (; i < length; i += 1) {
    const mean = (from.bytes[start + i - step]! + from.bytes[above + i]!) >> 1;
    to.bytes[position + i] = from.bytes[start + i]! - mean;
  }
}
