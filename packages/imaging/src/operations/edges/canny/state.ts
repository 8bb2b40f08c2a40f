import { AppError } from '@tessera/runtime/app-error';

const WORD = 4;

/**
 * Layout: the number of cells, then for each cell where its bits begin and at last where they end, all as 32-bit
 * little-endian integers counted from the start; then one bit for each border component, set if it is kept.
 */
export function encodeState(packed: readonly Uint8Array[]): Uint8Array {
  const header = (packed.length + 2) * WORD;
  const state = new Uint8Array(packed.reduce((sum, { length }) => sum + length, header));
  const words = new DataView(state.buffer);
  words.setUint32(0, packed.length, true);
  let at = header;
  for (const [cell, bits] of packed.entries()) {
    words.setUint32((cell + 1) * WORD, at, true);
    state.set(bits, at);
    at += bits.length;
  }
  words.setUint32((packed.length + 1) * WORD, at, true);
  return state;
}

/**
 * The bits of one cell.
 *
 * @throws AppError STORE_CORRUPT if the state has no such cell.
 */
export function stateOfCell(state: Uint8Array, cell: number): Uint8Array {
  const words = new DataView(state.buffer, state.byteOffset, state.byteLength);
  if (state.length < 2 * WORD || cell >= words.getUint32(0, true)) throw corrupt();
  if (state.length < (cell + 3) * WORD) throw corrupt();
  const from = words.getUint32((cell + 1) * WORD, true);
  const to = words.getUint32((cell + 2) * WORD, true);
  if (from > to || to > state.length) throw corrupt();
  return state.subarray(from, to);
}

function corrupt(): AppError {
  return new AppError('STORE_CORRUPT', { details: { what: 'canny state' } });
}
