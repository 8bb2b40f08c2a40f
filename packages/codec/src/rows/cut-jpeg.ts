import { writeSync } from 'node:fs';
import type { FileBytes } from '../scan/file-bytes.ts';
import type { JpegBlocks } from './jpeg-blocks.ts';

const RST0 = 0xd0;
const END = Uint8Array.of(0xff, 0xd9);

/**
 * Writes blocks `first` to `last` (exclusive) as a JPEG of their own: the file's header with another height, and their
 * restart intervals, numbered from 0 again. Nothing is decoded.
 *
 * @param target open descriptor of an empty file.
 */
export function cutJpeg(file: FileBytes, blocks: JpegBlocks, first: number, last: number, target: number): void {
  const { height, rows, heightAt, starts } = blocks;
  const [dataAt = 0] = starts;
  const cutHeight = Math.min(height, last * rows) - first * rows;
  copy(file, 0, heightAt, target, 0);
  writeSync(target, Uint8Array.of(cutHeight >> 8, cutHeight & 0xff));
  copy(file, heightAt + 2, dataAt, target, 0);
  // The marker at the end of the last block is left out: nothing follows it.
  copy(file, starts[first] ?? dataAt, (starts[last] ?? dataAt) - 2, target, (first * blocks.intervals) % 8);
  writeSync(target, END);
}

/** Copies bytes; restart markers among them are counted back by `shift`. Only entropy-coded data has any. */
function copy(file: FileBytes, from: number, to: number, target: number, shift: number): void {
  let marked = false;
  for (let position = from; position < to;) {
    const run = file.run(position);
    const bytes = Uint8Array.from(run.subarray(0, Math.min(run.length, to - position)));
    if (bytes.length === 0) return;
    position += bytes.length;
    if (shift > 0) marked = renumber(bytes, shift, marked);
    writeSync(target, bytes);
  }
}

/**
 * Counts restart markers back, in place.
 *
 * @param marked whether the byte before the first is the first of a marker.
 * @returns whether the last byte is the first of a marker.
 */
function renumber(bytes: Uint8Array, shift: number, marked: boolean): boolean {
  let at: number = marked ? 0 : bytes.indexOf(0xff) + 1;
  if (at === 0 && !marked) return false;
  while (at < bytes.length) {
    const marker = bytes[at] ?? 0;
    if (marker >= RST0 && marker < RST0 + 8) bytes[at] = RST0 + ((marker - RST0 - shift + 8) % 8);
    const next = bytes.indexOf(0xff, at);
    if (next < 0) return false;
    at = next + 1;
  }
  return true;
}
