import { countPixels } from './count-pixels.ts';
import { sniffFormat } from './sniff-format.ts';

/** Longest side of a thumbnail in pixels. */
const SIDE = 512;
/** A browser that decodes more pixels than this for a thumbnail risks the tab. */
const MOST_PIXELS = 160e6;
/** Bytes above which a file whose head does not tell its size is not decoded. */
const MOST_BYTES = 60e6;

function draw(bitmap: ImageBitmap): OffscreenCanvas | undefined {
  const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas;
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      resolve(reader.result as string);
    });
    reader.addEventListener('error', () => {
      reject(reader.error ?? new DOMException('The thumbnail can not be read.'));
    });
    reader.readAsDataURL(blob);
  });
}

/**
 * Makes a small picture of a local file, as a data URL of at most 512 × 512 pixels. Undefined for files that this
 * browser can not decode or that are too large for it; the server may still take them.
 */
export async function makeThumbnail(file: File, head: Uint8Array): Promise<string | undefined> {
  const format = sniffFormat(head);
  if (!format) return undefined;
  const pixels = countPixels(format, head);
  if (pixels === undefined ? file.size > MOST_BYTES : pixels > MOST_PIXELS) return undefined;
  try {
    const bitmap = await createImageBitmap(file);
    const canvas = draw(bitmap);
    bitmap.close();
    return canvas && (await dataUrl(await canvas.convertToBlob({ type: 'image/webp', quality: 0.82 })));
  } catch {
    return undefined;
  }
}
