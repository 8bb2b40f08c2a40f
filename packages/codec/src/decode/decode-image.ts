import { closeSync, fstatSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { sharp } from '../sharp.ts';
import { codecError } from './codec-error.ts';
import type { DecodedRaster } from './decoded-raster.ts';
import type { DecodeLimits } from './decode-limits.ts';
import { uprightExif } from './exif.ts';
import { requireSpace } from './free-space.ts';
import { openOptions, type Inspection } from './inspect.ts';
import { turnFile } from './turn-file.ts';
import { readVipsHeader, VIPS_HEADER_BYTES } from './vips-file.ts';

/**
 * Decodes an inspected image to `target`: upright, sRGB or gray, 8-bit. The file appears under its name when it is
 * complete.
 *
 * @throws AppError any code of the image, SCRATCH_FULL
 */
export async function decodeImage(
  path: string,
  target: string,
  inspection: Inspection,
  limits: DecodeLimits,
): Promise<DecodedRaster> {
  const { probe, orientation } = inspection;
  requireSpace(dirname(target), probe.width * probe.height * probe.channels);
  // libvips chooses the format by the extension.
  const stored = `${target}.stored.v`;
  const turned = `${target}.turned.v`;
  try {
    const raster = await decodeStored(path, stored, probe.channels < 3 ? 'b-w' : 'srgb', limits);
    if (raster.channels < probe.channels) throw codecError(new Error(`decoded to ${raster.channels} channels`));
    const upright = orientation === 1 && raster.channels === probe.channels;
    const finished = upright ? raster : turnFile(raster, orientation, probe.channels, turned);
    renameSync(finished.path, target);
    const exif = inspection.exif === undefined ? undefined : uprightExif(inspection.exif);
    return { ...finished, path: target, ...(exif === undefined ? {} : { exif }) };
  } catch (error) {
    throw codecError(error);
  } finally {
    rmSync(stored, { force: true });
    rmSync(turned, { force: true });
  }
}

async function decodeStored(
  path: string,
  stored: string,
  colourspace: 'b-w' | 'srgb',
  limits: DecodeLimits,
): Promise<DecodedRaster> {
  await sharp(path, openOptions(limits)).toColourspace(colourspace).toFile(stored);
  const fd = openSync(stored, 'r');
  try {
    const { width, height, bands } = readVipsHeader(fd, fstatSync(fd).size);
    return { path: stored, width, height, channels: bands, offset: VIPS_HEADER_BYTES };
  } finally {
    closeSync(fd);
  }
}
