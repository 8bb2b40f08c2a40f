import { sharp } from '../sharp.ts';
import { accepted, refused, undecodable, type BadInput } from './bad-input-fixture.ts';

/** A WebP of one lossless chunk. */
function losslessWebp(data: Uint8Array): Uint8Array {
  const padded = data.length + (data.length & 1);
  const file = Buffer.alloc(20 + padded);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(12 + padded, 4);
  file.write('WEBPVP8L', 8, 'latin1');
  file.writeUInt32LE(data.length, 16);
  file.set(data, 20);
  return file;
}

/** Signature, then width − 1 and height − 1 in 14 bits each (RFC 9649, section 3.4). */
function losslessHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt8(0x2f, 0);
  header.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 1);
  return header;
}

/**
 * A lossless stream whose code of code lengths is over-subscribed: no transform, no colour cache, no meta codes, then a
 * normal code whose 19 code lengths are all 1. Decoders that trust such tables write outside of them.
 */
function oversubscribed(): Uint8Array {
  const bits = [0, 0, 0, 0, 1, 1, 1, 1, ...Array.from({ length: 19 }, () => [1, 0, 0]).flat()];
  const bytes = Buffer.alloc(64);
  bits.forEach((bit, i) => {
    bytes[i >> 3] = bytes.readUInt8(i >> 3) | (bit << (i & 7));
  });
  return Buffer.concat([losslessHeader(64, 64), bytes]);
}

const flatAvif = (side: number) =>
  sharp({ create: { width: side, height: side, channels: 3, background: '#345678' } })
    .avif({ effort: 0 })
    .toBuffer();

/** An AVIF whose header announces another size (ISO/IEC 23008-12, section 6.5.3). */
async function resizedAvif(width: number, height: number): Promise<Uint8Array> {
  const file = await flatAvif(64);
  const extents = file.indexOf('ispe') + 8;
  file.writeUInt32BE(width, extents);
  file.writeUInt32BE(height, extents + 4);
  return file;
}

/** WebPs and AVIFs that ask for too much, and broken ones. */
export const WEBP_AVIF_INPUTS: readonly BadInput[] = [
  refused(41, 'WebP header of 16384 × 16384', 'TOO_MANY_PIXELS', () =>
    losslessWebp(Buffer.concat([losslessHeader(16_384, 16_384), Buffer.alloc(64)])),
  ),
  undecodable(41, 'WebP with an over-subscribed Huffman table', 'CORRUPT_IMAGE', () => losslessWebp(oversubscribed())),
  refused(41, 'WebP cut off', 'TRUNCATED_IMAGE', () => losslessWebp(oversubscribed()).subarray(0, -20)),
  accepted(42, 'AVIF of 16 megapixels', () => flatAvif(4000)),
  refused(42, 'AVIF of 289 megapixels', 'TOO_MANY_PIXELS', () => resizedAvif(17_000, 17_000)),
  refused(42, 'AVIF of 51 megapixels', 'TOO_MANY_PIXELS', () => resizedAvif(8000, 6400)),
];
