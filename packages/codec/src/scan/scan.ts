import { AppError } from '@tessera/runtime/app-error';
import type { DecodeLimits } from '../decode/decode-limits.ts';
import type { FileBytes } from './file-bytes.ts';
import { scanGif } from './scan-gif.ts';
import { scanJpeg } from './scan-jpeg.ts';
import { scanPng } from './scan-png.ts';
import { scanTiff } from './scan-tiff.ts';
import { scanWebp } from './scan-webp.ts';
import { sniff } from './sniff.ts';
import type { Structure } from './structure.ts';

/**
 * Reads the structure of an image file and decides all limits that it can decide, without decoding a pixel and with
 * bounded memory. `undefined` for AVIF, whose boxes only its decoder reads.
 *
 * @throws AppError UNSUPPORTED_FORMAT, and those of each format's scanner.
 */
export function scan(file: FileBytes, limits: DecodeLimits): Structure | undefined {
  switch (sniff(file)) {
    case 'png':
      return scanPng(file, limits);
    case 'jpeg':
      return scanJpeg(file, limits);
    case 'gif':
      return scanGif(file, limits);
    case 'tiff':
      return scanTiff(file, limits);
    case 'webp':
      return scanWebp(file, limits);
    case 'avif':
      return undefined;
    case undefined:
      throw new AppError('UNSUPPORTED_FORMAT');
  }
}
