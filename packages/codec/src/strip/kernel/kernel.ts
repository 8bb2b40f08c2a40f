import type { Raster } from '@tessera/imaging';
import { AppError } from '@tessera/runtime/app-error';
import type { Adler32 } from '../adler32.ts';
import { FILTER_NUMBERS, type Filter } from '../png/filter.ts';
import { KERNEL_BINARY } from './kernel-binary.ts';

/** What packages/codec/assembly exports. Numbers called source and target are byte offsets into the memory. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  freeMemory: () => number;
  filterRows: (kind: number, source: number, length: number, rows: number, step: number, target: number) => void;
  adler32: (source: number, length: number, value: number) => number;
  deflate: (source: number, length: number, target: number) => number;
}

/** Of WebAssembly's JavaScript interface the part that is used here; Node's types do not declare it. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

/** Bytes that the kernel works on at a time: they stay in the processor's cache from filter to deflate. */
export const PIECE_BYTES = 512 * 1024;
/** Deflated bytes of one piece at most, see the kernel's `deflate`. */
const DEFLATED_BYTES = PIECE_BYTES + PIECE_BYTES / 4096 + 64;
/** The kernel reads and writes whole vectors, so beyond the end of what it is given. */
const SLACK_BYTES = 64;

/** Vectorised filters, checksum and entropy coder. They share one piece of memory: each call replaces the piece. */
export interface Kernel {
  /**
   * Makes the filtered rows `from` to `to` (exclusive) the piece, `to > from > 0`; see `filterRows` in png/filter.ts,
   * whose bytes these are.
   *
   * @returns bytes of the piece, at most `PIECE_BYTES`.
   */
  filterRows(raster: Raster, from: number, to: number, filter: Filter): number;
  /** Makes bytes the piece, at most `PIECE_BYTES`. */
  place(bytes: Uint8Array): number;
  /** The first `length` bytes of the piece, valid until the next call. */
  piece(length: number): Uint8Array;
  /** Adler-32 of `previous`'s bytes followed by the first `length` bytes of the piece. */
  appendAdler32(previous: Adler32, length: number): Adler32;
  /**
   * The first `length` bytes of the piece as raw deflate: literals and runs of one byte, no block marked as last, ending
   * on a byte boundary. The same bytes on every machine.
   */
  deflate(length: number): Uint8Array;
}

/** One instance a thread, made at its first use: no state in it outlives a call. */
let instance: Kernel | undefined;

/** The thread's kernel. */
export function loadKernel(): Kernel {
  instance ??= instantiate();
  return instance;
}

function instantiate(): Kernel {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };
  const module = new WebAssembly.Module(Buffer.from(KERNEL_BINARY, 'base64'));
  const exports = new WebAssembly.Instance(module).exports as Exports;
  const memory = new Uint8Array(exports.memory.buffer);
  const rows = align(exports.freeMemory());
  const filtered = rows + align(2 * PIECE_BYTES + SLACK_BYTES);
  const deflated = filtered + align(PIECE_BYTES + SLACK_BYTES);
  if (deflated + DEFLATED_BYTES > memory.length) throw new AppError('INTERNAL', { message: 'Kernel memory is short.' });

  return {
    filterRows(raster, from, to, filter) {
      const length = raster.width * raster.channels;
      memory.set(raster.data.subarray((from - 1) * length, to * length), rows);
      const step = raster.channels;
      exports.filterRows(FILTER_NUMBERS[filter], rows + length, length, to - from, step, filtered);
      return (to - from) * (1 + length);
    },
    place(bytes) {
      memory.set(bytes, filtered);
      return bytes.length;
    },
    piece: (length) => memory.subarray(filtered, filtered + length),
    appendAdler32: (previous, length) => ({
      value: exports.adler32(filtered, length, previous.value) >>> 0,
      length: previous.length + length,
    }),
    deflate(length) {
      return memory.slice(deflated, deflated + exports.deflate(filtered, length, deflated));
    },
  };
}

function align(bytes: number): number {
  return (bytes + 15) & ~15;
}
