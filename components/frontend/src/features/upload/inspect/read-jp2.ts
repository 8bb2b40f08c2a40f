import type { BlobBytes } from './blob-bytes.ts';
import type { Structure } from './file-facts.ts';

const MOST_BOXES = 256;
/** Names of boxes (ISO/IEC 15444-1, annex I): the header, whose first box holds the size, and the picture. */
const HEADER = 0x6a703268;
const PICTURE = 0x6a703263;

/** Reads the size of a JP2, and whether its picture is there in whole. Undefined where it has no header. */
export async function readJp2(file: BlobBytes): Promise<Structure | undefined> {
  let size: { readonly width: number; readonly height: number } | undefined;
  let whole = false;
  for (let at = 0, count = 0; at < file.size && count < MOST_BOXES; count += 1) {
    const box = await file.view(at, 8);
    if (!box) break;
    const [short, name] = [box.getUint32(0), box.getUint32(4)];
    const long = short === 1 ? await file.view(at + 8, 8) : undefined;
    const length = short === 0 ? file.size - at : long ? Number(long.getBigUint64(0)) : short;
    if (length < 8) break;
    if (name === HEADER) {
      const head = await file.view(at + 8, 16);
      if (head) size = { height: head.getUint32(8), width: head.getUint32(12) };
    }
    if (name === PICTURE) {
      whole = at + length <= file.size;
      break;
    }
    at += length;
  }
  return size && { ...size, whole, progressive: false, orientation: 1 };
}
