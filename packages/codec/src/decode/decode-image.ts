import { closeSync, fstatSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Depth } from '@tessera/contracts';
import { sampleBytes } from '@tessera/imaging/raster';
import { sharp } from '../sharp.ts';
import { codecError } from './codec-error.ts';
import type { DecodedRaster, Probe } from './decoded-raster.ts';
import type { DecodeLimits } from './decode-limits.ts';
import { uprightExif } from './exif.ts';
import { requireSpace } from './free-space.ts';
import { openOptions, type Inspection } from './inspect.ts';
import { turnFile } from './turn-file.ts';
import { readVipsHeader, VIPS_HEADER_BYTES } from './vips-file.ts';

/**
 * Decodes an inspected image to `target`: upright, sRGB or gray. The file appears under its name when it is complete.
 *
 * @param depth bits of a sample, or fewer where the file has fewer; of 16 bits the upper 8 are kept.
 * @throws AppError any code of the image, SCRATCH_FULL
 */
export async function decodeImage(
  path: string,
  target: string,
  inspection: Inspection,
  limits: DecodeLimits,
  depth: Depth = 8,
): Promise<DecodedRaster> {
  const { probe, orientation } = inspection;
  const space = spaceOf(probe, depth);
  const storedDepth: Depth = space === 'grey16' || space === 'rgb16' ? 16 : 8;
  const finalDepth: Depth = depth === 8 ? 8 : storedDepth;
  requireSpace(dirname(target), probe.width * probe.height * probe.channels * sampleBytes(storedDepth));
  // libvips chooses the format by the extension.
  const stored = `${target}.stored.v`;
  const turned = `${target}.turned.v`;
  try {
    const raster = await decodeStored(path, stored, space, limits);
    if (raster.channels < probe.channels) throw codecError(new Error(`decoded to ${raster.channels} channels`));
    if (raster.depth !== storedDepth) throw codecError(new Error(`decoded to ${raster.depth} bits`));
    const asWanted = orientation === 1 && raster.channels === probe.channels && raster.depth === finalDepth;
    const wanted = { channels: probe.channels, depth: finalDepth };
    const finished = asWanted ? raster : turnFile(raster, orientation, wanted, turned);
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

type Space = 'b-w' | 'srgb' | 'grey16' | 'rgb16';

/**
 * What libvips decodes to. Gray of 16 bits is reduced here: libvips goes by way of a colour space that does not keep the
 * upper 8 bits as they are.
 */
function spaceOf({ channels, depth: has = 8 }: Probe, depth: Depth): Space {
  if (channels < 3) return has === 16 ? 'grey16' : 'b-w';
  return has === 16 && depth === 16 ? 'rgb16' : 'srgb';
}

async function decodeStored(
  path: string,
  stored: string,
  colourspace: Space,
  limits: DecodeLimits,
): Promise<DecodedRaster> {
  await sharp(path, openOptions(limits)).toColourspace(colourspace).toFile(stored);
  const fd = openSync(stored, 'r');
  try {
    const { width, height, bands, depth } = readVipsHeader(fd, fstatSync(fd).size);
    return { path: stored, width, height, channels: bands, depth, offset: VIPS_HEADER_BYTES };
  } finally {
    closeSync(fd);
  }
}
