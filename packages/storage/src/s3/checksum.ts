import { crc32 } from 'node:zlib';

/** A CRC32 as S3 writes it: base64 of four bytes, the highest first. */
export function checksumText(crc: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc);
  return bytes.toString('base64');
}

/** The CRC32 that S3 has of a whole object, or `undefined` where it has none or one made of its parts' (`…-3`). */
export function parseChecksum(text: string | undefined): number | undefined {
  if (text === undefined || text.includes('-')) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 4 ? bytes.readUInt32BE() : undefined;
}

/** The header fields that let a server check a request's body. */
export function checksumFields(enabled: boolean, body: Uint8Array): { ChecksumCRC32?: string } {
  return enabled ? { ChecksumCRC32: checksumText(crc32(body)) } : {};
}
