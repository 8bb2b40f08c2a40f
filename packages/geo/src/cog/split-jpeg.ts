import { AppError } from '@tessera/runtime/app-error';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const SOF0 = 0xc0;
const TABLES: readonly number[] = [0xdb, 0xc4];

/**
 * Divides a baseline JPEG file into an abbreviated stream of tables only, as TIFF's JPEGTables wants it, and one of the
 * picture without them. Application data and comments are dropped.
 */
export function splitJpeg(file: Uint8Array): { readonly tables: Uint8Array; readonly stream: Uint8Array } {
  const tables: Uint8Array[] = [Uint8Array.of(0xff, SOI)];
  const stream: Uint8Array[] = [Uint8Array.of(0xff, SOI)];
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 2; at + 4 <= file.length;) {
    const marker = file[at + 1]!;
    const end = at + 2 + view.getUint16(at + 2);
    if (file[at] !== 0xff || end > file.length) break;
    if (TABLES.includes(marker)) tables.push(file.subarray(at, end));
    if (marker === SOF0) stream.push(file.subarray(at, end));
    if (marker === SOS) {
      stream.push(file.subarray(at));
      tables.push(Uint8Array.of(0xff, EOI));
      return { tables: joined(tables), stream: joined(stream) };
    }
    at = end;
  }
  throw new AppError('INTERNAL', { message: 'The encoder of tiles made no baseline JPEG.' });
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
