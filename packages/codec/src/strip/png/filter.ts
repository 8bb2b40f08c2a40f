import type { Raster } from '@tessera/imaging';

/** Filter types by their number in the file (PNG specification, section 9.2). Paeth is left out: see docs/decisions/0002. */
export const FILTERS = { none: 0, sub: 1, up: 2, average: 3 } as const;
export type Filter = keyof typeof FILTERS;

const HIGH = 0x80808080;
const LOW = 0x7f7f7f7f;

/**
 * Filters rows `from` to `to` (exclusive) into `target`: for each row the filter's number, then one byte for each
 * sample. Row 0 takes no look at the row above: it is filtered with Sub, or None where None is asked for.
 *
 * Four bytes are subtracted at a time within one 32-bit word: the high bits are set aside so that no borrow crosses a
 * byte. Source: H. S. Warren, Hacker's Delight, 2nd edition, section 2-18.
 *
 * @returns number of bytes written, `(to - from) * (1 + width * channels)`.
 */
export function filterRows(raster: Raster, from: number, to: number, filter: Filter, target: Uint8Array): number {
  const { data, channels } = raster;
  const rowBytes = raster.width * channels;
  const source = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const out = new DataView(target.buffer, target.byteOffset, target.byteLength);
  let position = 0;
  for (let row = from; row < to; row += 1) {
    const start = row * rowBytes;
    const kind = row === 0 && filter !== 'none' ? 'sub' : filter;
    target[position] = FILTERS[kind];
    position += 1;
    if (kind === 'none') target.set(data.subarray(start, start + rowBytes), position);
    else if (kind === 'sub') subtractLeft(data, source, start, rowBytes, channels, target, out, position);
    else if (kind === 'up') subtractAbove(data, source, start, rowBytes, target, out, position);
    else subtractMean(data, source, start, rowBytes, channels, target, out, position);
    position += rowBytes;
  }
  return position;
}

function subtractLeft(
  data: Uint8Array,
  source: DataView,
  start: number,
  length: number,
  step: number,
  target: Uint8Array,
  out: DataView,
  position: number,
): void {
  for (let i = 0; i < Math.min(step, length); i += 1) target[position + i] = data[start + i]!;
  let i = step;
  for (; i + 4 <= length; i += 4) {
    const x = source.getUint32(start + i, true);
    const a = source.getUint32(start + i - step, true);
    out.setUint32(position + i, ((x | HIGH) - (a & LOW)) ^ ((x ^ ~a) & HIGH), true);
  }
  for (; i < length; i += 1) target[position + i] = data[start + i]! - data[start + i - step]!;
}

function subtractAbove(
  data: Uint8Array,
  source: DataView,
  start: number,
  length: number,
  target: Uint8Array,
  out: DataView,
  position: number,
): void {
  const above = start - length;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    const x = source.getUint32(start + i, true);
    const b = source.getUint32(above + i, true);
    out.setUint32(position + i, ((x | HIGH) - (b & LOW)) ^ ((x ^ ~b) & HIGH), true);
  }
  for (; i < length; i += 1) target[position + i] = data[start + i]! - data[above + i]!;
}

function subtractMean(
  data: Uint8Array,
  source: DataView,
  start: number,
  length: number,
  step: number,
  target: Uint8Array,
  out: DataView,
  position: number,
): void {
  const above = start - length;
  for (let i = 0; i < Math.min(step, length); i += 1) target[position + i] = data[start + i]! - (data[above + i]! >> 1);
  let i = step;
  for (; i + 4 <= length; i += 4) {
    const x = source.getUint32(start + i, true);
    const a = source.getUint32(start + i - step, true);
    const b = source.getUint32(above + i, true);
    const mean = (a & b) + (((a ^ b) >>> 1) & LOW);
    out.setUint32(position + i, ((x | HIGH) - (mean & LOW)) ^ ((x ^ ~mean) & HIGH), true);
  }
  for (; i < length; i += 1) {
    target[position + i] = data[start + i]! - ((data[start + i - step]! + data[above + i]!) >> 1);
  }
}
