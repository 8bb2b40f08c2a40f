import type { BlobBytes } from './blob-bytes.ts';
import type { Structure } from './file-facts.ts';
import { readExif, type Exif } from './read-exif.ts';

const SOS = 0xda;
const APP1 = 0xe1;
/** Segments looked at before the frame must have come. */
const MOST_SEGMENTS = 400;
/** Bytes read at a time on the way back from the end. */
const STEP = 512 * 1024;
/** Bytes looked through for the end of the image; in a larger file the server finds out. */
const MOST_BYTES = 256 * 1024 * 1024;

/** All SOFn but DHT (c4), JPG (c8) and DAC (cc). ITU-T T.81, table B.1. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Reads size, kind, orientation and completeness of a JPEG. Undefined where it has no frame or no scan. */
export async function readJpeg(file: BlobBytes): Promise<Structure | undefined> {
  let exif: Exif = { orientation: 1 };
  let exifStart = 0;
  let frame: { width: number; height: number; progressive: boolean } | undefined;
  let at = 2;
  for (let segment = 0; segment < MOST_SEGMENTS; segment += 1) {
    const head = await file.view(at, 4);
    if (!head) return frame && { ...frame, orientation: exif.orientation, whole: false };
    if (head.getUint8(0) !== 0xff) return undefined;
    const marker = head.getUint8(1);
    const length = head.getUint16(2);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrame(marker)) {
      const sizes = await file.view(at + 5, 4);
      if (!sizes) return undefined;
      frame = { height: sizes.getUint16(0), width: sizes.getUint16(2), progressive: (marker & 3) === 2 };
    }
    if (marker === APP1 && exifStart === 0) {
      const data = await file.view(at + 4, length - 2);
      if (data && data.byteLength > 14 && data.getUint32(0) === 0x45786966) {
        exifStart = at + 10;
        exif = readExif(new DataView(data.buffer, data.byteOffset + 6, data.byteLength - 6));
      }
    }
    if (marker === SOS) {
      if (!frame) return undefined;
      const { orientation, preview } = exif;
      return {
        ...frame,
        orientation,
        whole: await hasEnd(file, at),
        ...(preview && { preview: { offset: exifStart + preview.offset, length: preview.length } }),
      };
    }
    at += 2 + length;
  }
  return undefined;
}

/** Whether an end marker comes after the first scan; looked for from the end of the file, where it nearly always is. */
async function hasEnd(file: BlobBytes, scan: number): Promise<boolean> {
  if (file.size - scan > MOST_BYTES) return true;
  for (let end = file.size; end > scan; end -= STEP) {
    const start = Math.max(scan, end - STEP);
    // One byte more, for a marker may lie across two steps.
    const bytes = await file.bytes(start, Math.min(file.size, end + 1) - start);
    for (let at = bytes.lastIndexOf(0xd9); at > 0; at = bytes.lastIndexOf(0xd9, at - 1)) {
      if (bytes[at - 1] === 0xff) return true;
    }
  }
  return false;
}
