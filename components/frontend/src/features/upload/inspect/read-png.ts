import type { BlobBytes } from './blob-bytes.ts';
import type { Structure } from './file-facts.ts';

const SIGNATURE = 8;
/** Chunks walked where the end is not where it should be; after so many the server finds out. */
const MOST_CHUNKS = 4000;
const IEND = 0x49454e44;

/** Reads size, interlacing and completeness of a PNG. Undefined where it does not begin with its header. */
export async function readPng(file: BlobBytes): Promise<Structure | undefined> {
  const header = await file.view(SIGNATURE, 21);
  if (header?.getUint32(4) !== 0x49484452) return undefined;
  return {
    width: header.getUint32(8),
    height: header.getUint32(12),
    progressive: header.getUint8(20) === 1,
    orientation: 1,
    whole: await hasEnd(file),
  };
}

/** Whether the chunks go on to IEND: at a glance where it is last, else from chunk to chunk. */
async function hasEnd(file: BlobBytes): Promise<boolean> {
  const last = await file.view(file.size - 12, 12);
  if (last?.getUint32(4) === IEND) return true;
  let at = SIGNATURE;
  for (let chunk = 0; chunk < MOST_CHUNKS; chunk += 1) {
    const head = await file.view(at, 8);
    if (!head) return false;
    if (head.getUint32(4) === IEND) return true;
    at += 12 + head.getUint32(0);
  }
  return true;
}
