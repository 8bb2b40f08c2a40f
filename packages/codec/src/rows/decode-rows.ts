import { closeSync, fstatSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import type { Depth } from '@tessera/contracts';
import { sampleBytes } from '@tessera/imaging/raster';
import type { DecodedRaster } from '../decode/decoded-raster.ts';
import { decodeImage } from '../decode/decode-image.ts';
import type { DecodeLimits } from '../decode/decode-limits.ts';
import { inspect } from '../decode/inspect.ts';
import { leftovers } from '../decode/leftovers.ts';
import { FileBytes } from '../scan/file-bytes.ts';
import { cutJpeg } from './cut-jpeg.ts';
import { cutTiff } from './cut-tiff.ts';
import { blockCount, findRowBlocks, type RowBlocks } from './row-blocks.ts';

/** Bytes that are copied at a time. */
const COPY_BYTES = 1024 * 1024;

/**
 * Finds where an image file can be cut.
 *
 * @returns undefined for a file that has to be decoded as a whole.
 * @throws AppError any code of the image.
 */
export async function findCuts(path: string, limits: DecodeLimits): Promise<RowBlocks | undefined> {
  const { orientation } = await inspect(path, limits);
  if (orientation !== 1) return undefined;
  const fd = openSync(path, 'r');
  try {
    return findRowBlocks(new FileBytes(fd, fstatSync(fd).size));
  } finally {
    closeSync(fd);
  }
}

/** Which blocks of which file, and the raster file that takes their rows. */
export interface RowsRequest {
  readonly path: string;
  readonly blocks: RowBlocks;
  /** Bits of a sample that are wanted. */
  readonly depth: Depth;
  readonly first: number;
  /** Exclusive. */
  readonly last: number;
  /** A file of the whole picture's pixels from its first byte on, of which only the blocks' rows are written. */
  readonly target: string;
}

/** What is known of a picture once some of its rows are decoded. */
export type DecodedRows = Pick<DecodedRaster, 'channels' | 'depth' | 'exif'>;

/**
 * Decodes some blocks of a picture and writes their rows where they belong.
 *
 * @returns the channels and the depth that were written, and the EXIF block of the file.
 * @throws AppError any code of the image, SCRATCH_FULL
 */
export async function decodeRows(
  { path, blocks, depth, first, last, target }: RowsRequest,
  limits: DecodeLimits,
  onPixels: (pixels: number) => void,
): Promise<DecodedRows> {
  const from = Math.max(0, first - blocks.context);
  const to = Math.min(blockCount(blocks), last + blocks.context);
  const { cut, decoded } = temporaryFiles({ target, first, last });
  try {
    cutFile(path, blocks, from, to, cut);
    const inspection = await inspect(cut, limits);
    onPixels(inspection.probe.width * inspection.probe.height);
    const raster = await decodeImage(cut, decoded, inspection, limits, depth);
    const top = first * blocks.rows;
    const bottom = Math.min(blocks.height, last * blocks.rows);
    const stride = raster.width * raster.channels * sampleBytes(raster.depth);
    copyRange(
      decoded,
      raster.offset + (top - from * blocks.rows) * stride,
      (bottom - top) * stride,
      target,
      top * stride,
    );
    const { channels, exif } = raster;
    return { channels, depth: raster.depth, ...(exif === undefined ? {} : { exif }) };
  } finally {
    rmSync(cut, { force: true });
    rmSync(decoded, { force: true });
  }
}

function cutFile(path: string, blocks: RowBlocks, from: number, to: number, cut: string): void {
  const source = openSync(path, 'r');
  const target = openSync(cut, 'w', 0o600);
  try {
    const file = new FileBytes(source, fstatSync(source).size);
    if (blocks.kind === 'jpeg') cutJpeg(file, blocks, from, to, target);
    else cutTiff(file, blocks, from, to, target);
  } finally {
    closeSync(source);
    closeSync(target);
  }
}

function copyRange(path: string, from: number, length: number, targetPath: string, to: number): void {
  const source = openSync(path, 'r');
  const target = openSync(targetPath, 'r+');
  try {
    const buffer = Buffer.allocUnsafe(Math.min(COPY_BYTES, length));
    for (let done = 0; done < length;) {
      const got = readSync(source, buffer, 0, Math.min(buffer.length, length - done), from + done);
      done += writeSync(target, buffer, 0, got, to + done);
    }
  } finally {
    closeSync(source);
    closeSync(target);
  }
}

function temporaryFiles({ target, first, last }: Pick<RowsRequest, 'target' | 'first' | 'last'>) {
  return { cut: `${target}.${first}-${last}.cut`, decoded: `${target}.${first}-${last}.v` };
}

/** Files that a child that was killed at this request may have left. */
export function leftoversOfRows(request: RowsRequest): readonly string[] {
  const { cut, decoded } = temporaryFiles(request);
  return [cut, ...leftovers(decoded)];
}
