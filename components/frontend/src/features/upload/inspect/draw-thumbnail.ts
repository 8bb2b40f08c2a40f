import type { FileFacts, Look } from './file-facts.ts';

/** Longest side of a thumbnail in pixels, about. */
const SIDE = 512;
/** A browser that decodes more pixels than this for a thumbnail risks the tab. */
const MOST_PIXELS = 160e6;
/** A file up to this size is read into memory as a whole. */
const AT_ONCE_BYTES = 32 * 1024 * 1024;

type SizedFacts = FileFacts & { readonly width: number; readonly height: number };

const hasSize = (facts: FileFacts | undefined): facts is SizedFacts =>
  facts?.width !== undefined && facts.height !== undefined;

/**
 * Draws a small picture of a local file, off the main thread. Undefined for files that this browser can not decode or
 * that are too large for it and hold no preview of their own; the server may still take them.
 */
export async function drawThumbnail(file: Blob, { facts, preview, orientation }: Look): Promise<Blob | undefined> {
  if (!hasSize(facts)) return undefined;
  try {
    if (facts.format !== 'tiff' && facts.format !== 'raster' && facts.width * facts.height <= MOST_PIXELS) {
      const bitmap = (await decodeSmall(file, facts, orientation)) ?? (await createImageBitmap(file, smaller(facts)));
      return await encode(bitmap, facts);
    }
    if (!preview) return undefined;
    const part = file.slice(preview.offset, preview.offset + preview.length, 'image/jpeg');
    return await encode(await createImageBitmap(part, { imageOrientation: 'none' }), facts, orientation);
  } catch {
    return undefined;
  }
}

/**
 * Decodes a JPEG at a fraction of its size, which its transform gives ten times as fast as the whole. Undefined for other
 * formats, small pictures, and browsers without `ImageDecoder`, which exists on pages that came by TLS only.
 */
async function decodeSmall(file: Blob, facts: SizedFacts, orientation: number): Promise<ImageBitmap | undefined> {
  const eighths = Math.ceil((8 * SIDE * 0.75) / Math.max(facts.width, facts.height));
  if (facts.format !== 'jpeg' || eighths >= 8 || !('ImageDecoder' in globalThis)) return undefined;
  const turned = orientation >= 5;
  const scaled = (side: number): number => Math.ceil((side * eighths) / 8);
  const decoder = new ImageDecoder({
    type: 'image/jpeg',
    // A stream comes in many small pieces, each by way of the page's process.
    data: file.size <= AT_ONCE_BYTES ? await file.arrayBuffer() : file.stream(),
    desiredWidth: scaled(turned ? facts.height : facts.width),
    desiredHeight: scaled(turned ? facts.width : facts.height),
  });
  try {
    const { image } = await decoder.decode();
    const bitmap = await createImageBitmap(image);
    image.close();
    return bitmap;
  } catch {
    return undefined;
  } finally {
    decoder.close();
  }
}

function smaller({ width, height }: SizedFacts): ImageBitmapOptions {
  if (Math.max(width, height) <= SIDE) return {};
  // One side is enough: the other follows in proportion.
  return { resizeQuality: 'medium', ...(width >= height ? { resizeWidth: SIDE } : { resizeHeight: SIDE }) };
}

/** Encodes a bitmap, turned upright from an EXIF orientation. */
async function encode(bitmap: ImageBitmap, { format }: FileFacts, orientation = 1): Promise<Blob | undefined> {
  const { width, height } = bitmap;
  const turned = orientation >= 5;
  const canvas = new OffscreenCanvas(turned ? height : width, turned ? width : height);
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  context.setTransform(...upright(orientation, width, height));
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  // What came from a JPEG has no transparency to keep, and a JPEG is written faster.
  return canvas.convertToBlob({ type: format === 'jpeg' ? 'image/jpeg' : 'image/webp', quality: 0.8 });
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
