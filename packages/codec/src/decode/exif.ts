import { ExifBlock } from './exif-block.ts';

/** Tags of EXIF 2.32. */
const TAG = {
  width: 256,
  height: 257,
  orientation: 274,
  thumbnail: 513,
  thumbnailBytes: 514,
  exifDirectory: 34_665,
  pixelWidth: 40_962,
  pixelHeight: 40_963,
} as const;
const UPRIGHT = 1;

/**
 * A copy of an EXIF block as a TIFF structure, without the marker that JPEG puts before it, whose orientation is set to
 * upright; `undefined` if it is not well-formed.
 */
export function uprightExif(block: Uint8Array): Uint8Array | undefined {
  return changed(block, (exif) => {
    for (const entry of exif.entries(exif.first)) {
      if (entry.tag === TAG.orientation) exif.setNumber(entry, UPRIGHT, 'short');
    }
  });
}

/**
 * A copy of an EXIF block for a picture that was made of the one it describes: it tells the size of that picture where it
 * tells a size, and has no thumbnail any more, which would show what was cut away or made unrecognisable. `undefined` if it
 * is not well-formed.
 */
export function exifOfResult(
  block: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Uint8Array | undefined {
  return changed(block, (exif) => {
    const resize = (directory: number, across: number, down: number): void => {
      for (const entry of exif.entries(directory)) {
        if (entry.tag === across) exif.setNumber(entry, width, 'long');
        if (entry.tag === down) exif.setNumber(entry, height, 'long');
      }
    };
    resize(exif.first, TAG.width, TAG.height);
    for (const entry of exif.entries(exif.first)) {
      if (entry.tag === TAG.exifDirectory) resize(exif.numberOf(entry), TAG.pixelWidth, TAG.pixelHeight);
    }
    dropThumbnail(exif);
  });
}

/** Unlinks the second directory, which describes the thumbnail, and blanks its pixels. */
function dropThumbnail(exif: ExifBlock): void {
  const link = exif.linkOf(exif.first);
  // Some writers leave the link out where there is no second directory.
  if (link + 4 > exif.bytes.length) return;
  const second = exif.long(link);
  if (second === 0) return;
  exif.setLong(link, 0);
  const numbers = new Map(exif.entries(second).map((entry) => [entry.tag, exif.numberOf(entry)]));
  const from = numbers.get(TAG.thumbnail) ?? 0;
  const bytes = numbers.get(TAG.thumbnailBytes) ?? 0;
  if (from > 0) exif.bytes.fill(0, from, Math.min(exif.bytes.length, from + bytes));
}

function changed(block: Uint8Array, change: (exif: ExifBlock) => void): Uint8Array | undefined {
  const exif = ExifBlock.open(block);
  if (exif === undefined) return undefined;
  try {
    change(exif);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return new Uint8Array(exif.bytes);
}
