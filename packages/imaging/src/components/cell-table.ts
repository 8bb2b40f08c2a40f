import { AppError } from '@tessera/runtime/app-error';

const WORD = 4;

/**
 * A state of which each cell needs a part. Layout: the number of parts, then for each where it begins and at last where they
 * end, all as 32-bit little-endian integers counted from the start; then the parts.
 */
export function encodeCells(parts: readonly Uint8Array[]): Uint8Array {
  const header = (parts.length + 2) * WORD;
  const state = new Uint8Array(parts.reduce((sum, { length }) => sum + length, header));
  const words = new DataView(state.buffer);
  words.setUint32(0, parts.length, true);
  let at = header;
  for (const [cell, part] of parts.entries()) {
    words.setUint32((cell + 1) * WORD, at, true);
    state.set(part, at);
    at += part.length;
  }
  words.setUint32((parts.length + 1) * WORD, at, true);
  return state;
}

/**
 * The part of one cell.
 *
 * @param what the state is, for the error.
 * @throws AppError STORE_CORRUPT if the state has no such part.
 */
export function partOfCell(state: Uint8Array, cell: number, what: string): Uint8Array {
  const corrupt = (): AppError => new AppError('STORE_CORRUPT', { details: { what, cell } });
  const words = new DataView(state.buffer, state.byteOffset, state.byteLength);
  if (state.length < 2 * WORD || cell >= words.getUint32(0, true)) throw corrupt();
  if (state.length < (cell + 3) * WORD) throw corrupt();
  const from = words.getUint32((cell + 1) * WORD, true);
  const to = words.getUint32((cell + 2) * WORD, true);
  if (from > to || to > state.length) throw corrupt();
  return state.subarray(from, to);
}
