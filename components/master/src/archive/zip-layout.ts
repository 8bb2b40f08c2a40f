import { AppError } from '@tessera/runtime';
import {
  dataDescriptor,
  descriptorBytes,
  directoryRecord,
  endRecords,
  localHeader,
  type PlacedEntry,
  type ZipEntry,
} from './zip-format.ts';

/** A piece of the file, `[start, start + bytes)`; `entry` is an index. */
export type ZipPart =
  | {
      readonly kind: 'header' | 'data' | 'descriptor';
      readonly entry: number;
      readonly start: number;
      readonly bytes: number;
    }
  | { readonly kind: 'directory'; readonly start: number; readonly bytes: number };

/** Where everything lies in a ZIP file, known before a byte of its entries is read: so it may be begun anywhere. */
export interface ZipLayout {
  readonly entries: readonly PlacedEntry[];
  readonly parts: readonly ZipPart[];
  readonly bytes: number;
}

export function layOutZip(entries: readonly ZipEntry[]): ZipLayout {
  const placed: PlacedEntry[] = [];
  const parts: ZipPart[] = [];
  let start = 0;
  entries.forEach((given, entry) => {
    placed.push({ ...given, offset: start });
    const sizes = { header: localHeader(given).length, data: given.bytes, descriptor: descriptorBytes(given) };
    for (const kind of ['header', 'data', 'descriptor'] as const) {
      parts.push({ kind, entry, start, bytes: sizes[kind] });
      start += sizes[kind];
    }
  });
  // Its length does not depend on the checksums.
  const { length } = directory(placed, start, () => 0);
  parts.push({ kind: 'directory', start, bytes: length });
  return { entries: placed, parts, bytes: start + length };
}

/** The small parts of a file; `crcOf` gives the CRC-32 of an entry by its index. */
export function partBytes(layout: ZipLayout, part: ZipPart, crcOf: (entry: number) => number): Buffer {
  if (part.kind === 'directory') return directory(layout.entries, part.start, crcOf);
  const entry = layout.entries[part.entry];
  if (entry === undefined || part.kind === 'data') throw new AppError('INTERNAL');
  return part.kind === 'header' ? localHeader(entry) : dataDescriptor(entry, crcOf(part.entry));
}

function directory(entries: readonly PlacedEntry[], offset: number, crcOf: (entry: number) => number): Buffer {
  const records = Buffer.concat(entries.map((entry, index) => directoryRecord(entry, crcOf(index))));
  return Buffer.concat([records, endRecords({ entries: entries.length, offset, bytes: records.length })]);
}
