import { crc32 } from 'node:zlib';
import { AppError } from '@tessera/runtime';
import type { Slice } from '../http/byte-range.ts';
import type { Checksums } from './checksums.ts';
import type { ZipEntry } from './zip-format.ts';
import { partBytes, type ZipLayout, type ZipPart } from './zip-layout.ts';

/** An entry and where its bytes come from. */
export interface ZipSource extends ZipEntry {
  /** Names the bytes for ever; `undefined` for those made up for this archive. */
  readonly key: string | undefined;
  /** Reads the bytes from `start` to the end; fails instead of ending early. */
  readonly read: (start: number) => Promise<AsyncIterable<Uint8Array>>;
}

/**
 * Bytes `start … end - 1` of a ZIP file, in constant memory: the same bytes however often and from wherever it is read.
 * Entries before the range are read only where their checksum is not known, and only when the directory at the end
 * needs it, so that what was asked for begins at once.
 *
 * @throws AppError STORE_CORRUPT for an entry of another length than was said, and what reading a source throws.
 */
export async function* readZip(
  layout: ZipLayout,
  sources: readonly ZipSource[],
  checksums: Checksums,
  { start, end }: Slice,
): AsyncGenerator<Uint8Array> {
  const crcs = new Map<number, number>();
  const known = (entry: number): number | undefined => {
    const key = sources[entry]?.key;
    const crc = crcs.get(entry) ?? (key === undefined ? undefined : checksums.find(key));
    // It is needed again at the end, when others may have pushed it out of the memory.
    if (crc !== undefined) crcs.set(entry, crc);
    return crc;
  };
  const keep = (entry: number, crc: number): void => {
    crcs.set(entry, crc);
    const key = sources[entry]?.key;
    if (key !== undefined) checksums.keep(key, crc);
  };
  const learn = async (entry: number): Promise<void> => {
    if (known(entry) !== undefined) return;
    const chunks = readEntry(entry, 0);
    while ((await chunks.next()).done !== true);
  };
  async function* readEntry(entry: number, from: number): AsyncGenerator<Uint8Array> {
    const source = sources[entry];
    if (source === undefined) throw new AppError('INTERNAL');
    // From its middle the checksum can't be computed: then all of it is read, and given from there on.
    const begin = known(entry) === undefined ? 0 : from;
    let position = begin;
    let crc = 0;
    for await (const chunk of await source.read(begin)) {
      if (begin === 0) crc = crc32(chunk, crc);
      const skipped = Math.max(0, from - position);
      position += chunk.length;
      if (skipped < chunk.length) yield chunk.subarray(skipped);
    }
    if (position !== source.bytes) throw new AppError('STORE_CORRUPT');
    if (begin === 0) keep(entry, crc);
  }
  const needs = (part: ZipPart): readonly number[] => {
    if (part.kind === 'directory') return [...sources.keys()];
    return part.kind === 'descriptor' ? [part.entry] : [];
  };

  for (const part of layout.parts) {
    const from = Math.max(0, start - part.start);
    const to = Math.min(part.bytes, end - part.start);
    if (from >= to) continue;
    if (part.kind === 'data') {
      yield* take(readEntry(part.entry, from), to - from);
      continue;
    }
    for (const entry of needs(part)) await learn(entry);
    yield partBytes(layout, part, (entry) => crcs.get(entry) ?? 0).subarray(from, to);
  }
}

/** The first `length` bytes. A source read to its end is read past its last byte, so that it can say that it failed. */
async function* take(chunks: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let left = length;
  for await (const chunk of chunks) {
    if (chunk.length > left) {
      if (left > 0) yield chunk.subarray(0, left);
      return;
    }
    yield chunk;
    left -= chunk.length;
  }
}
