import { corruptRaster } from '../raster/raster-error.ts';
import type { RangeSource } from '../source/range-source.ts';

/** Bytes of a page; the header of most rasters fits into the first. */
const PAGE_BYTES = 32 * 1024;
/** Pages that are kept. */
const MAX_PAGES = 64;

/** The header's bytes, scattered over a file, read by pages that are kept. */
export class HeaderPages {
  readonly #source: RangeSource;
  readonly #pages = new Map<number, Uint8Array>();

  constructor(source: RangeSource) {
    this.#source = source;
  }

  /**
   * Bytes of the file, which it must have.
   *
   * @throws AppError CORRUPT_RASTER where the file ends before; what the source throws.
   */
  async bytes(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    const bytes = await this.upTo(offset, length, signal);
    if (bytes.length < length) throw corruptRaster(`the file ends before byte ${offset + length}`);
    return bytes;
  }

  /** Bytes of the file, fewer where it ends. */
  async upTo(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    const size = this.#source.bytes;
    if (!Number.isSafeInteger(offset + length)) throw corruptRaster('an offset beyond all files');
    if (size !== undefined && offset >= size) return new Uint8Array();
    const first = Math.floor(offset / PAGE_BYTES);
    const last = Math.floor((offset + Math.max(1, length) - 1) / PAGE_BYTES);
    const from = offset - first * PAGE_BYTES;
    const page = first === last ? this.#kept(first) : undefined;
    if (page !== undefined) return page.subarray(from, from + length);
    const pages = await this.#read(first, last, signal);
    return pages.subarray(from, from + length);
  }

  #kept(index: number): Uint8Array | undefined {
    const page = this.#pages.get(index);
    if (page === undefined) return undefined;
    // The one that was asked for last is the last to go.
    this.#pages.delete(index);
    this.#pages.set(index, page);
    return page;
  }

  /** Pages `first … last` in one piece; what is missing between kept ones is read at once. */
  async #read(first: number, last: number, signal: AbortSignal | undefined): Promise<Uint8Array> {
    const held = Array.from({ length: last - first + 1 }, (_, i) => this.#kept(first + i));
    const from = held.findIndex((page) => page === undefined);
    if (from >= 0) {
      const to = held.findLastIndex((page) => page === undefined);
      const start = (first + from) * PAGE_BYTES;
      const bytes = await this.#source.read(start, (to - from + 1) * PAGE_BYTES, signal);
      for (let i = from; i <= to; i += 1) {
        held[i] = bytes.subarray((i - from) * PAGE_BYTES, (i - from + 1) * PAGE_BYTES);
        this.#keep(first + i, held[i]!);
      }
    }
    const joined = new Uint8Array(held.reduce((sum, page) => sum + page!.length, 0));
    let at = 0;
    for (const page of held) {
      joined.set(page!, at);
      at += page!.length;
    }
    return joined;
  }

  #keep(index: number, page: Uint8Array): void {
    // A copy, so that one page does not hold the memory of all that came with it.
    this.#pages.set(index, page.slice());
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > MAX_PAGES && oldest !== undefined) this.#pages.delete(oldest);
  }
}
