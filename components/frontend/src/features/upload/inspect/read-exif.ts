import type { ByteRange } from './file-facts.ts';

const ORIENTATION = 0x0112;
const THUMBNAIL_OFFSET = 0x0201;
const THUMBNAIL_LENGTH = 0x0202;

export interface Exif {
  /** 1–8. */
  readonly orientation: number;
  /** The small JPEG within, counted from the start of the EXIF data. */
  readonly preview?: ByteRange;
}

/** Reads orientation and thumbnail of EXIF data (a TIFF structure); odd data are taken as absent. */
export function readExif(view: DataView): Exif {
  try {
    const little = view.getUint16(0) === 0x4949;
    const first = view.getUint32(4, little);
    const main = readDirectory(view, first, little);
    const orientation = main.get(ORIENTATION) ?? 1;
    const next = view.getUint32(first + 2 + 12 * view.getUint16(first, little), little);
    const small = next === 0 ? undefined : readDirectory(view, next, little);
    const offset = small?.get(THUMBNAIL_OFFSET);
    const length = small?.get(THUMBNAIL_LENGTH);
    const known = offset !== undefined && length !== undefined && length > 0 && offset + length <= view.byteLength;
    return {
      orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
      ...(known && { preview: { offset, length } }),
    };
  } catch {
    return { orientation: 1 };
  }
}

/** Tags of one directory that hold one number of 16 or 32 bits. */
function readDirectory(view: DataView, offset: number, little: boolean): Map<number, number> {
  const count = view.getUint16(offset, little);
  const tags = new Map<number, number>();
  for (let entry = 0; entry < count; entry += 1) {
    const at = offset + 2 + 12 * entry;
    const kind = view.getUint16(at + 2, little);
    if (kind === 3) tags.set(view.getUint16(at, little), view.getUint16(at + 8, little));
    if (kind === 4) tags.set(view.getUint16(at, little), view.getUint32(at + 8, little));
  }
  return tags;
}
