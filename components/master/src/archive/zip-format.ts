/**
 * The records of a ZIP file whose entries are stored as they are, each followed by a data descriptor, for their CRC is
 * known only when they were read. ZIP64 where a figure needs it. Source: PKWARE APPNOTE 6.3.10, section 4.3.
 */

export interface ZipEntry {
  /** Path inside the archive, with `/`. */
  readonly name: string;
  readonly bytes: number;
  readonly modified: Date;
}

export interface PlacedEntry extends ZipEntry {
  /** Where its local header begins. */
  readonly offset: number;
}

const MAX_32 = 0xffffffff;
const MAX_16 = 0xffff;
const VERSION = 20;
const VERSION_ZIP64 = 45;
/** Made on Unix by version 6.3 of the specification. */
const MADE_BY = (3 << 8) | 63;
/** A data descriptor follows; the name is UTF-8. */
const FLAGS = (1 << 3) | (1 << 11);
const MODE = 0o100644;

const isLarge = (entry: ZipEntry): boolean => entry.bytes >= MAX_32;

/** What stands before the bytes of an entry. */
export function localHeader(entry: ZipEntry): Buffer {
  const name = Buffer.from(entry.name);
  const extra = Buffer.concat([timestamp(entry.modified), ...(isLarge(entry) ? [zip64Extra([0, 0])] : [])]);
  const record = Buffer.alloc(30);
  record.writeUInt32LE(0x04034b50, 0);
  record.writeUInt16LE(isLarge(entry) ? VERSION_ZIP64 : VERSION, 4);
  record.writeUInt16LE(FLAGS, 6);
  record.writeUInt32LE(dosTime(entry.modified), 10);
  const size = isLarge(entry) ? MAX_32 : 0;
  record.writeUInt32LE(size, 18);
  record.writeUInt32LE(size, 22);
  record.writeUInt16LE(name.length, 26);
  record.writeUInt16LE(extra.length, 28);
  return Buffer.concat([record, name, extra]);
}

/** What stands after the bytes of an entry. */
export function dataDescriptor(entry: ZipEntry, crc: number): Buffer {
  const record = Buffer.alloc(descriptorBytes(entry));
  record.writeUInt32LE(0x08074b50, 0);
  record.writeUInt32LE(crc, 4);
  if (isLarge(entry)) {
    record.writeBigUInt64LE(BigInt(entry.bytes), 8);
    record.writeBigUInt64LE(BigInt(entry.bytes), 16);
  } else {
    record.writeUInt32LE(entry.bytes, 8);
    record.writeUInt32LE(entry.bytes, 12);
  }
  return record;
}

export function descriptorBytes(entry: ZipEntry): number {
  return isLarge(entry) ? 24 : 16;
}

/** An entry's line in the directory at the end. */
export function directoryRecord(entry: PlacedEntry, crc: number): Buffer {
  const large = isLarge(entry) || entry.offset >= MAX_32;
  const name = Buffer.from(entry.name);
  const extra = Buffer.concat([
    timestamp(entry.modified),
    ...(large ? [zip64Extra([entry.bytes, entry.bytes, entry.offset])] : []),
  ]);
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(MADE_BY, 4);
  record.writeUInt16LE(large ? VERSION_ZIP64 : VERSION, 6);
  record.writeUInt16LE(FLAGS, 8);
  record.writeUInt32LE(dosTime(entry.modified), 12);
  record.writeUInt32LE(crc, 16);
  record.writeUInt32LE(large ? MAX_32 : entry.bytes, 20);
  record.writeUInt32LE(large ? MAX_32 : entry.bytes, 24);
  record.writeUInt16LE(name.length, 28);
  record.writeUInt16LE(extra.length, 30);
  record.writeUInt32LE((MODE << 16) >>> 0, 38);
  record.writeUInt32LE(large ? MAX_32 : entry.offset, 42);
  return Buffer.concat([record, name, extra]);
}

/** What ends the file, after a directory of `bytes` bytes that begins at `offset`. */
export function endRecords({ entries, offset, bytes }: { entries: number; offset: number; bytes: number }): Buffer {
  const large = entries >= MAX_16 || offset >= MAX_32 || bytes >= MAX_32;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(large ? MAX_16 : entries, 8);
  end.writeUInt16LE(large ? MAX_16 : entries, 10);
  end.writeUInt32LE(large ? MAX_32 : bytes, 12);
  end.writeUInt32LE(large ? MAX_32 : offset, 16);
  if (!large) return end;
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(MADE_BY, 12);
  record.writeUInt16LE(VERSION_ZIP64, 14);
  record.writeBigUInt64LE(BigInt(entries), 24);
  record.writeBigUInt64LE(BigInt(entries), 32);
  record.writeBigUInt64LE(BigInt(bytes), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + bytes), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator, end]);
}

/** Extended information: 64-bit figures in place of those that are all ones. */
function zip64Extra(figures: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + figures.length * 8);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(figures.length * 8, 2);
  figures.forEach((figure, index) => extra.writeBigUInt64LE(BigInt(figure), 4 + index * 8));
  return extra;
}

/** Info-ZIP's time of modification, which knows its time zone. */
function timestamp(date: Date): Buffer {
  const extra = Buffer.alloc(9);
  extra.writeUInt16LE(0x5455, 0);
  extra.writeUInt16LE(5, 2);
  extra.writeUInt8(1, 4);
  extra.writeInt32LE(Math.floor(date.getTime() / 1000), 5);
  return extra;
}

/** Time in the low half, date in the high one; in UTC, so that every machine writes the same. */
function dosTime(date: Date): number {
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  const day = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  return ((day << 16) | time) >>> 0;
}
