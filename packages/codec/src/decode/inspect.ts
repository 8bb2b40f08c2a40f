import { closeSync, fstatSync, openSync } from 'node:fs';
import type { Depth, InputFormat } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { Metadata, SharpOptions } from 'sharp';
import { FileBytes } from '../scan/file-bytes.ts';
import { scan } from '../scan/scan.ts';
import { checkFrames, checkPixels, type Structure } from '../scan/structure.ts';
import { sharp } from '../sharp.ts';
import { codecError } from './codec-error.ts';
import type { Probe } from './decoded-raster.ts';
import type { DecodeLimits } from './decode-limits.ts';
import { turnOf } from './orientation.ts';

/** What is known of an image before its pixels are decoded. */
export interface Inspection {
  readonly probe: Probe;
  /** EXIF orientation, 1–8. */
  readonly orientation: number;
  readonly exif: Uint8Array | undefined;
}

/** How an untrusted file is opened: first frame only, under the limits, anything odd is an error. */
export function openOptions(limits: DecodeLimits): SharpOptions {
  return {
    failOn: 'warning',
    limitInputPixels: limits.maxPixels,
    limitInputChannels: limits.maxChannels,
    sequentialRead: true,
    pages: 1,
  };
}

/**
 * Reads all facts of an image file and decides every limit, without decoding a pixel.
 *
 * @throws AppError any code of the image.
 */
export async function inspect(path: string, limits: DecodeLimits): Promise<Inspection> {
  const structure = scanFile(path, limits);
  const metadata = await readMetadata(path, limits);
  const format: InputFormat = structure?.format ?? 'avif';
  checkPixels(metadata.width, metadata.height, format === 'avif' ? limits.maxAvifPixels : limits.maxPixels);
  checkFrames(metadata.pages ?? 1, limits);
  const orientation = metadata.orientation ?? 1;
  const { width, height } = turnOf(orientation, metadata.width, metadata.height);
  const probe = {
    format,
    width,
    height,
    channels: channelsOf(metadata),
    ...(depthOf(format, metadata) === 16 && { depth: 16 as const }),
    progressive: structure?.progressive ?? false,
  };
  return { probe, orientation, exif: metadata.exif };
}

function scanFile(path: string, limits: DecodeLimits): Structure | undefined {
  const fd = openFile(path);
  try {
    return scan(new FileBytes(fd, fstatSync(fd).size), limits);
  } finally {
    closeSync(fd);
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    throw new AppError('SOURCE_MISSING', { cause });
  }
}

async function readMetadata(path: string, limits: DecodeLimits): Promise<Metadata> {
  try {
    return await sharp(path, openOptions(limits)).metadata();
  } catch (error) {
    throw codecError(error);
  }
}

/** Bits of the file's samples. What holds 10 or 12 for a screen (AVIF), or other colours (CMYK), is decoded to 8. */
function depthOf(format: InputFormat, { space, depth }: Metadata): Depth {
  const holdsMore = format === 'png' || format === 'tiff';
  return holdsMore && depth === 'ushort' && (space === 'rgb16' || space === 'grey16') ? 16 : 8;
}

/** Channels after decoding: gray stays gray, everything else becomes RGB; one alpha is kept. */
function channelsOf(metadata: Metadata): number {
  const gray = metadata.space === 'b-w' || metadata.space === 'grey16';
  return (gray ? 1 : 3) + (metadata.hasAlpha ? 1 : 0);
}
