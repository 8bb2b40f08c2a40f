import type { SiteDto } from '@tessera/contracts';
import { BlobBytes } from './blob-bytes.ts';
import type { FileFacts, LocalFormat, Look, Refusal, Structure } from './file-facts.ts';
import { readJp2 } from './read-jp2.ts';
import { readJpeg } from './read-jpeg.ts';
import { readAvif, readGif, readWebp } from './read-others.ts';
import { readPng } from './read-png.ts';
import { readTiff } from './read-tiff.ts';
import { guessKind, SNIFF_BYTES, sniffFormat } from './sniff-format.ts';

export type Limits = Pick<SiteDto['limits'], 'fileBytes' | 'pixels' | 'progressivePixels'>;

const READERS: Readonly<Record<LocalFormat, (file: BlobBytes) => Promise<Structure | undefined>>> = {
  jpeg: readJpeg,
  png: readPng,
  tiff: readTiff,
  webp: readWebp,
  gif: readGif,
  avif: readAvif,
  raster: readJp2,
};

/**
 * Looks at a local file without decoding it: what it is, and whether the server would refuse it. Only what is certain is
 * refused here; in doubt the server decides.
 *
 * @param limits undefined while the server has not told them
 */
export async function lookAtFile(blob: Blob, limits: Limits | undefined): Promise<Look> {
  const file = new BlobBytes(blob);
  const head = await file.bytes(0, SNIFF_BYTES);
  const format = sniffFormat(head);
  if (!format) {
    const looksLike = guessKind(head);
    return { refusal: { code: 'UNSUPPORTED_FORMAT', ...(looksLike && { looksLike }) }, orientation: 1 };
  }
  const structure = await READERS[format](file);
  const facts = factsOf(format, structure);
  const refusal = refusalOf(file.size, format, structure, limits);
  return {
    facts,
    orientation: structure?.orientation ?? 1,
    ...(refusal && { refusal }),
    ...(structure?.preview && { preview: structure.preview }),
  };
}

function factsOf(format: LocalFormat, structure: Structure | undefined): FileFacts {
  if (!structure || structure.width < 1 || structure.height < 1) return { format, progressive: false };
  const { width, height, orientation, progressive } = structure;
  const turned = orientation >= 5;
  return { format, width: turned ? height : width, height: turned ? width : height, progressive };
}

function refusalOf(
  bytes: number,
  format: LocalFormat,
  structure: Structure | undefined,
  limits: Limits | undefined,
): Refusal | undefined {
  if (limits && bytes > limits.fileBytes) return { code: 'FILE_TOO_LARGE' };
  if (!structure) return undefined;
  const pixels = structure.width * structure.height;
  if (limits && pixels > limits.pixels) return { code: 'TOO_MANY_PIXELS' };
  if (limits && structure.progressive && pixels > limits.progressivePixels) return { code: 'INTERLACED_TOO_LARGE' };
  if (!structure.whole) return { code: 'TRUNCATED_IMAGE' };
  // The size that an AVIF's boxes tell may be that of a grid's tile.
  return pixels === 0 && format !== 'avif' ? { code: 'CORRUPT_IMAGE' } : undefined;
}
