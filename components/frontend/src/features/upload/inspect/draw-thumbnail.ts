import type { Look } from './file-facts.ts';

/** Longest side of a thumbnail in pixels. */
const SIDE = 512;
/** A browser that decodes more pixels than this for a thumbnail risks the tab. */
const MOST_PIXELS = 160e6;

/**
 * Draws a small picture of a local file, off the main thread. Undefined for files that this browser can not decode or
 * that are too large for it and hold no preview of their own; the server may still take them.
 */
export async function drawThumbnail(file: Blob, { facts, preview, orientation }: Look): Promise<Blob | undefined> {
  if (facts?.width === undefined || facts.height === undefined) return undefined;
  const readable = facts.format !== 'tiff' && facts.width * facts.height <= MOST_PIXELS;
  try {
    if (readable) return await draw(await createImageBitmap(file, smaller(facts.width, facts.height)), 1);
    if (!preview) return undefined;
    const part = file.slice(preview.offset, preview.offset + preview.length, 'image/jpeg');
    return await draw(await createImageBitmap(part, { imageOrientation: 'none' }), orientation);
  } catch {
    return undefined;
  }
}

function smaller(width: number, height: number): ImageBitmapOptions {
  if (Math.max(width, height) <= SIDE) return {};
  // One side is enough: the other follows in proportion.
  return { resizeQuality: 'medium', ...(width >= height ? { resizeWidth: SIDE } : { resizeHeight: SIDE }) };
}

/** Draws a bitmap upright and encodes it. */
async function draw(bitmap: ImageBitmap, orientation: number): Promise<Blob | undefined> {
  const { width, height } = bitmap;
  const turned = orientation >= 5;
  const canvas = new OffscreenCanvas(turned ? height : width, turned ? width : height);
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  context.setTransform(...upright(orientation, width, height));
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
}

/** The matrix that undoes an EXIF orientation. */
function upright(orientation: number, w: number, h: number): [number, number, number, number, number, number] {
  switch (orientation) {
    case 2:
      return [-1, 0, 0, 1, w, 0];
    case 3:
      return [-1, 0, 0, -1, w, h];
    case 4:
      return [1, 0, 0, -1, 0, h];
    case 5:
      return [0, 1, 1, 0, 0, 0];
    case 6:
      return [0, 1, -1, 0, h, 0];
    case 7:
      return [0, -1, -1, 0, h, w];
    case 8:
      return [0, -1, 1, 0, 0, w];
    default:
      return [1, 0, 0, 1, 0, 0];
  }
}
