import { corruptRaster } from '../raster/raster-error.ts';
import type { RasterLimits } from '../raster/raster-limits.ts';
import type { HeaderPages } from './header-pages.ts';
import { TagReader } from './tag-reader.ts';
import { readTiffDirectory } from './tiff-directory.ts';
import type { TiffHeader } from './tiff-header.ts';
import { readTiffImage, type TiffImage } from './tiff-image.ts';
import { TAG } from './tiff-tag.ts';

/** The raster, or a smaller copy of it, and its mask. */
export interface TiffLevel {
  readonly image: TiffImage;
  readonly mask: TiffImage | undefined;
}

export interface TiffLevels {
  /** Tags of the raster itself. */
  readonly tags: TagReader;
  /** The raster first, then its copies from large to small. */
  readonly levels: readonly [TiffLevel, ...TiffLevel[]];
}

const REDUCED = 1;
const MASK = 4;

/**
 * Follows the chain of directories. The first is the raster; copies and masks that fit it are taken, all else (further
 * pages, thumbnails of another kind) is left alone.
 *
 * @throws AppError CORRUPT_RASTER for a chain that runs in a circle; what `readTiffImage` throws.
 */
export async function readLevels(
  pages: HeaderPages,
  header: TiffHeader,
  limits: RasterLimits,
  signal?: AbortSignal,
): Promise<TiffLevels> {
  const seen = new Set<number>();
  const copies: TiffImage[] = [];
  const masks: TiffImage[] = [];
  let main: { readonly tags: TagReader; readonly image: TiffImage } | undefined;
  for (let offset = header.first; offset !== 0;) {
    if (seen.has(offset) || seen.size >= limits.maxDirectories)
      throw corruptRaster('a circle of directories, or too many');
    seen.add(offset);
    const directory = await readTiffDirectory(pages, offset, header, signal);
    const tags = new TagReader(pages, directory, header.littleEndian, limits.maxTagBytes);
    const subfile = (await tags.number(TAG.newSubfileType, signal)) ?? 0;
    if (main === undefined) main = { tags, image: await readTiffImage(tags, header.littleEndian, limits, signal) };
    else if ((subfile & (MASK | REDUCED)) !== 0) {
      const image = await readTiffImage(tags, header.littleEndian, limits, signal);
      if ((subfile & MASK) !== 0) masks.push(image);
      else copies.push(image);
    }
    offset = directory.next;
  }
  if (main === undefined) throw corruptRaster('no directory');
  const { image, tags } = main;
  const smaller = copies
    .filter((copy) => isCopyOf(image, copy))
    .sort((a, b) => b.width * b.height - a.width * a.height);
  const levelOf = (level: TiffImage): TiffLevel => ({
    image: level,
    mask: masks.find((mask) => isMaskOf(level, mask)),
  });
  return { tags, levels: [levelOf(image), ...smaller.map(levelOf)] };
}

function isCopyOf(image: TiffImage, copy: TiffImage): boolean {
  const isSmaller =
    copy.width <= image.width && copy.height <= image.height && copy.width * copy.height < image.width * image.height;
  return isSmaller && copy.samples === image.samples && copy.type === image.type && copy.bits === image.bits;
}

function isMaskOf(image: TiffImage, mask: TiffImage): boolean {
  return mask.width === image.width && mask.height === image.height && mask.samples === 1 && mask.type === 'uint8';
}
