import { corruptRaster } from '../raster/raster-error.ts';
import { instantiateTileKernels, type TileKernels } from './simd/kernels.ts';

/** Bytes of a tile at most: larger ones are rare, and the memory never becomes smaller. */
const MOST_BYTES = 8 * 2 ** 20;
/** So far may be read or written beyond an area's end: a vector for each sample of a pixel, the longest repeat. */
const MARGIN = 24 * 16;
/** Samples of a pixel at most. */
const MOST_STRIDE = 16;
/** Bytes of a page of WebAssembly's memory. */
const PAGE = 65_536;
/** Header of a zlib stream: deflate with a window of 32 KiB, fastest algorithm (RFC 1950, section 2.2). */
const ZLIB_HEADER = 0x7801;
/** A last deflate block that holds nothing: fixed codes, end of block (RFC 1951, section 3.2.6). */
const EMPTY_LAST_BLOCK = 0x0300;

/** Two areas of the kernels' memory, each with room for a tile. What they hold lasts until areas are asked for again. */
export interface TileAreas {
  readonly kernels: TileKernels;
  readonly buffer: ArrayBuffer;
  /** Where they begin, multiples of 16. */
  readonly first: number;
  readonly second: number;
}

/** Where tiles are worked on by vectors, one after the other; one for each thread. */
export class Workbench {
  readonly #kernels: TileKernels;

  constructor(kernels: TileKernels) {
    this.#kernels = kernels;
  }

  /** Areas for a tile of so many bytes; `undefined` where it is too large. */
  areas(bytes: number, stride: number): TileAreas | undefined {
    if (bytes > MOST_BYTES || stride > MOST_STRIDE) return undefined;
    const first = up(this.#kernels.freeMemory());
    const second = up(first + bytes + MARGIN);
    return { kernels: this.#kernels, buffer: this.#upTo(second + bytes + MARGIN), first, second };
  }

  /**
   * The beginning of a zlib stream's bytes, see `Unpack`; they last until the bench is used again.
   *
   * @returns `undefined` where they are too many.
   * @throws AppError CORRUPT_RASTER for damaged or short streams, and for such as have more than `allowed`.
   */
  inflate(stored: Uint8Array, allowed: number, wanted: number): Uint8Array<ArrayBuffer> | undefined {
    if (Math.max(allowed, stored.length) > MOST_BYTES) return undefined;
    const target = up(this.#kernels.freeMemory());
    const source = up(target + allowed + MARGIN);
    const buffer = this.#upTo(source + stored.length + MARGIN);
    new Uint8Array(buffer, source, stored.length).set(stored);
    const length = this.#kernels.inflate(source, stored.length, target, allowed, wanted);
    if (length < 0) throw corruptRaster('a block that is no deflate');
    return new Uint8Array(buffer, target, length);
  }

  /**
   * A zlib stream of literals and runs alone; the same for the same bytes on every machine.
   *
   * @param bytes may lie on the bench, and may not be used again then.
   * @returns `undefined` where they are too many.
   */
  deflate(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
    const { length } = bytes;
    if (length > MOST_BYTES) return undefined;
    const source = this.#place(bytes);
    const target = up(source + length + MARGIN);
    const buffer = this.#upTo(target + length + Math.ceil(length / 4096) + 64 + MARGIN);
    const end = target + 2 + this.#kernels.deflate(source, length, target + 2);
    const view = new DataView(buffer);
    view.setUint16(target, ZLIB_HEADER);
    view.setUint16(end, EMPTY_LAST_BLOCK);
    view.setUint32(end + 2, this.#kernels.adler32(source, length, 1));
    return new Uint8Array(buffer.slice(target, end + 6));
  }

  /** How many of some bytes repeat others at least, without runs; `undefined` where they are too many. */
  repeatedBytes(bytes: Uint8Array): number | undefined {
    return bytes.length > MOST_BYTES ? undefined : this.#kernels.repeatedBytes(this.#place(bytes), bytes.length);
  }

  /**
   * The means of numbers in each two columns of pairs of rows, an odd last column left out; they last until the bench is
   * used again.
   *
   * @returns `undefined` where they are too many.
   */
  halveFloats(samples: Float32Array<ArrayBuffer>, rows: number, width: number): Float32Array | undefined {
    if (samples.byteLength > MOST_BYTES) return undefined;
    const source = this.#place(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
    const target = up(source + samples.byteLength + MARGIN);
    const buffer = this.#upTo(target + samples.byteLength / 4 + MARGIN);
    this.#kernels.halveFloats(source, target, rows, width);
    return new Float32Array(buffer, target, rows * (width >> 1));
  }

  /** Where bytes are on the bench, or are put if they are not. */
  #place(bytes: Uint8Array): number {
    if (bytes.buffer === this.#kernels.memory.buffer) return bytes.byteOffset;
    const at = up(this.#kernels.freeMemory());
    new Uint8Array(this.#upTo(at + bytes.length + MARGIN), at, bytes.length).set(bytes);
    return at;
  }

  /** The memory, with room for so many bytes. */
  #upTo(bytes: number): ArrayBuffer {
    const { memory } = this.#kernels;
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return memory.buffer;
  }
}

let own: Workbench | null | undefined;

/** This thread's; `null` where there are no vectors. */
export function workbench(): Workbench | null {
  if (own === undefined) {
    const kernels = instantiateTileKernels();
    own = kernels && new Workbench(kernels);
  }
  return own;
}

function up(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}
