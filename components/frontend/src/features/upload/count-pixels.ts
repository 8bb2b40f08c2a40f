import type { InputFormat } from '@tessera/contracts';

/** Frame headers of a JPEG, which hold its size: all SOFn but DHT (c4), JPG (c8) and DAC (cc). ITU-T T.81, table B.1. */
const isFrameHeader = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function jpegPixels(view: DataView): number | undefined {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (isFrameHeader(marker)) return view.getUint16(at + 5) * view.getUint16(at + 7);
    else at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function webpPixels(view: DataView): number | undefined {
  if (view.byteLength < 30) return undefined;
  const bits24 = (at: number): number => view.getUint16(at, true) + view.getUint8(at + 2) * 65536;
  const kind = view.getUint8(15);
  if (kind === 0x58) return (bits24(24) + 1) * (bits24(27) + 1);
  if (kind === 0x4c) {
    const packed = view.getUint32(21, true);
    return ((packed & 0x3fff) + 1) * (((packed >>> 14) & 0x3fff) + 1);
  }
  return (view.getUint16(26, true) & 0x3fff) * (view.getUint16(28, true) & 0x3fff);
}

/**
 * Reads the number of pixels from the head of a file (512 kB are enough for nearly all), to know before decoding
 * whether a browser can hold the picture. Undefined where the head does not tell.
 */
export function countPixels(format: InputFormat, head: Uint8Array): number | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  switch (format) {
    case 'jpeg':
      return jpegPixels(view);
    case 'png':
      return view.byteLength < 24 ? undefined : view.getUint32(16) * view.getUint32(20);
    case 'gif':
      return view.byteLength < 10 ? undefined : view.getUint16(6, true) * view.getUint16(8, true);
    case 'webp':
      return webpPixels(view);
    default:
      return undefined;
  }
}
