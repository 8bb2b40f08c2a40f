import type { BlobBytes } from './blob-bytes.ts';
import type { Structure } from './file-facts.ts';

const plain = (width: number, height: number, whole: boolean, progressive = false): Structure => ({
  width,
  height,
  whole,
  progressive,
  orientation: 1,
});

/** Reads the logical screen of a GIF. */
export async function readGif(file: BlobBytes): Promise<Structure | undefined> {
  const head = await file.view(6, 4);
  return head && plain(head.getUint16(0, true), head.getUint16(2, true), true);
}

/** Reads the size of a WebP of any of its three kinds, and whether its container is complete. */
export async function readWebp(file: BlobBytes): Promise<Structure | undefined> {
  const head = await file.view(0, 30);
  if (!head) return undefined;
  const whole = head.getUint32(4, true) + 8 <= file.size;
  const bits24 = (at: number): number => head.getUint16(at, true) + head.getUint8(at + 2) * 65536;
  const kind = head.getUint8(15);
  if (kind === 0x58) return plain(bits24(24) + 1, bits24(27) + 1, whole);
  if (kind === 0x4c) {
    const packed = head.getUint32(21, true);
    return plain((packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1, whole);
  }
  return plain(head.getUint16(26, true) & 0x3fff, head.getUint16(28, true) & 0x3fff, whole);
}

/** Bytes of an AVIF in which its properties stand. */
const AVIF_HEAD = 16 * 1024;

/** Reads the largest size that an AVIF tells of itself (`ispe` boxes: type, version, width, height). */
export async function readAvif(file: BlobBytes): Promise<Structure | undefined> {
  const head = await file.bytes(0, AVIF_HEAD);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  let width = 0;
  let height = 0;
  for (let at = head.indexOf(0x69); at >= 0 && at + 16 <= head.length; at = head.indexOf(0x69, at + 1)) {
    if (view.getUint32(at) !== 0x69737065) continue;
    width = Math.max(width, view.getUint32(at + 8));
    height = Math.max(height, view.getUint32(at + 12));
  }
  return width > 0 && height > 0 ? plain(width, height, true) : undefined;
}
