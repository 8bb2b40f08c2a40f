import { readSync } from 'node:fs';
import { AppError } from '@tessera/runtime/app-error';

/** Bytes held in memory at a time. */
const WINDOW_BYTES = 256 * 1024;

/**
 * Random access to the bytes of an open file through one window of 256 KiB, however large the file is. Reading past the
 * end is an error of the image, for a well-formed file never asks for it.
 */
export class FileBytes {
  readonly size: number;
  readonly #fd: number;
  readonly #window = Buffer.allocUnsafeSlow(WINDOW_BYTES);
  #start = 0;
  #end = 0;

  constructor(fd: number, size: number) {
    this.#fd = fd;
    this.size = size;
  }

  /**
   * `length` bytes (at most 256 KiB) from `offset`; valid until the next call.
   *
   * @throws AppError TRUNCATED_IMAGE
   */
  bytes(offset: number, length: number): Buffer {
    if (offset < this.#start || offset + length > this.#end) this.#fill(offset);
    if (offset + length > this.#end) throw new AppError('TRUNCATED_IMAGE', { details: { offset, length } });
    return this.#window.subarray(offset - this.#start, offset - this.#start + length);
  }

  /** As many bytes from `offset` as the window holds; empty at the end of the file. */
  run(offset: number): Buffer {
    if (offset < this.#start || offset >= this.#end) this.#fill(offset);
    return this.#window.subarray(offset - this.#start, this.#end - this.#start);
  }

  u8(offset: number): number {
    if (offset < this.#start || offset >= this.#end) this.#fill(offset);
    const byte = this.#window[offset - this.#start];
    if (byte === undefined || offset >= this.#end) throw new AppError('TRUNCATED_IMAGE', { details: { offset } });
    return byte;
  }

  u16(offset: number, littleEndian = false): number {
    const bytes = this.bytes(offset, 2);
    return littleEndian ? bytes.readUInt16LE(0) : bytes.readUInt16BE(0);
  }

  u32(offset: number, littleEndian = false): number {
    const bytes = this.bytes(offset, 4);
    return littleEndian ? bytes.readUInt32LE(0) : bytes.readUInt32BE(0);
  }

  /** Inexact from 2^53 on, which no file reaches. */
  u64(offset: number, littleEndian = false): number {
    const bytes = this.bytes(offset, 8);
    return Number(littleEndian ? bytes.readBigUInt64LE(0) : bytes.readBigUInt64BE(0));
  }

  /** Latin-1 text. */
  text(offset: number, length: number): string {
    return this.bytes(offset, length).toString('latin1');
  }

  #fill(offset: number): void {
    this.#start = offset;
    this.#end = offset;
    if (offset >= this.size) return;
    while (this.#end - offset < WINDOW_BYTES) {
      const done = this.#end - offset;
      const got = readSync(this.#fd, this.#window, done, WINDOW_BYTES - done, this.#end);
      if (got === 0) return;
      this.#end += got;
    }
  }
}
