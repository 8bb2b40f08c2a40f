import { rm, truncate, writeFile } from 'node:fs/promises';
import { blockCount, type DecodedRaster, type DecodedRows, type RowBlocks } from '@tessera/codec';
import { sampleBytes } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import type { DecodedFile, DecodedFileOptions, Rows } from './decoded-file.ts';

/** A file of the whole picture's size whose blocks are decoded when somebody asks for their rows, each once. */
export class RowsOnDemand implements DecodedFile {
  readonly whole = false;
  readonly #options: DecodedFileOptions;
  readonly #blocks: RowBlocks;
  /** The decoding of each block that was asked for. */
  readonly #decoding = new Map<number, Promise<DecodedRows>>();
  readonly #running = new Set<Promise<DecodedRows>>();

  private constructor(options: DecodedFileOptions, blocks: RowBlocks) {
    this.#options = options;
    this.#blocks = blocks;
  }

  static async create(options: DecodedFileOptions, blocks: RowBlocks): Promise<RowsOnDemand> {
    const { target, picture } = options;
    await writeFile(target, '', { mode: 0o600 });
    await truncate(target, picture.width * picture.height * picture.channels * sampleBytes(picture.depth ?? 8));
    return new RowsOnDemand(options, blocks);
  }

  async decode({ top, bottom }: Rows): Promise<DecodedRaster> {
    const first = Math.floor(top / this.#blocks.rows);
    const last = Math.min(blockCount(this.#blocks), Math.ceil(bottom / this.#blocks.rows));
    for (let block = first; block < last;) {
      let end = block;
      while (end < last && !this.#decoding.has(end)) end += 1;
      if (end > block) this.#begin(block, end);
      block = end + 1;
    }
    const wanted = new Set<Promise<DecodedRows>>();
    for (let block = first; block < last; block += 1) {
      const decoding = this.#decoding.get(block);
      if (decoding) wanted.add(decoding);
    }
    const [some] = await Promise.all(wanted);
    const { picture, target } = this.#options;
    const { width, height, channels, depth = 8 } = picture;
    return {
      path: target,
      width,
      height,
      channels,
      depth,
      offset: 0,
      ...(some?.exif === undefined ? {} : { exif: some.exif }),
    };
  }

  async remove(): Promise<void> {
    await Promise.allSettled(this.#running);
    const { source, target } = this.#options;
    await Promise.all([rm(source, { force: true }), rm(target, { force: true })]);
  }

  /** Decodes blocks that lie together in one go. One that fails may be asked for again. */
  #begin(first: number, last: number): void {
    const decoding = this.#decode(first, last);
    this.#running.add(decoding);
    for (let block = first; block < last; block += 1) this.#decoding.set(block, decoding);
    decoding
      .catch(() => {
        for (let block = first; block < last; block += 1) this.#decoding.delete(block);
      })
      .finally(() => this.#running.delete(decoding));
  }

  async #decode(first: number, last: number): Promise<DecodedRows> {
    const { decoder, source, target, picture, signal } = this.#options;
    const { depth = 8 } = picture;
    const request = { path: source, blocks: this.#blocks, depth, first, last, target };
    const decoded = await decoder.decodeRows(request, { signal });
    if (decoded.channels === picture.channels && decoded.depth === depth) return decoded;
    throw new AppError('CORRUPT_IMAGE', { message: 'The image decodes to other channels than its header tells.' });
  }
}
