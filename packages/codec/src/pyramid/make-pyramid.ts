import { renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '@tessera/runtime/app-error';
import { codecError } from '../decode/codec-error.ts';
import { decodeImage } from '../decode/decode-image.ts';
import type { DecodedRaster } from '../decode/decoded-raster.ts';
import type { DecodeLimits } from '../decode/decode-limits.ts';
import { requireSpace } from '../decode/free-space.ts';
import type { Inspection } from '../decode/inspect.ts';
import { leftovers } from '../decode/leftovers.ts';
import { sharp } from '../sharp.ts';
import { countLevels } from './count-levels.ts';
import { withOwnFiles } from './own-files.ts';
import { PYRAMID_TILE, pyramidBytes, pyramidLevels, pyramidScratchBytes, type Pyramid } from './pyramid.ts';

/** Milliseconds between two looks at how far the files have grown. */
const LOOK_EVERY = 150;
/** Share of the work that decoding is, measured on a JPEG and a PNG of 144 megapixels. */
const DECODE_SHARE = 0.6;
/** libvips does not read files whose tiles are much larger than their picture. */
const SMALL_TILE = 256;

/**
 * Decodes an inspected image and makes the pyramid of it at `target`; the file appears under its name when it is
 * complete. The pixels are those that jobs work on.
 *
 * @param onShare told how far it is, 0–1, by bytes written.
 * @throws AppError any code of the image, SCRATCH_FULL
 */
export async function makePyramid(
  path: string,
  target: string,
  inspection: Inspection,
  limits: DecodeLimits,
  onShare: (share: number) => void,
): Promise<Pyramid> {
  const { probe } = inspection;
  const { decoded, unfinished } = partsOf(target);
  const pixels = probe.width * probe.height * probe.channels;
  requireSpace(dirname(target), pyramidScratchBytes(probe, probe.channels));
  const timer = setInterval(() => {
    const shareOf = (file: string, bytes: number): number => Math.min(1, sizeOf(file) / bytes);
    const made = shareOf(unfinished, pyramidBytes(probe, probe.channels));
    const read = made > 0 ? 1 : shareOf(`${decoded}.stored.v`, pixels);
    onShare(DECODE_SHARE * read + (1 - DECODE_SHARE) * made);
  }, LOOK_EVERY);
  try {
    const raster = await decodeImage(path, decoded, inspection, limits);
    const [bytes, histogram] = await Promise.all([writeLevels(raster, unfinished), countLevels(raster)]);
    renameSync(unfinished, target);
    const { width, height, channels } = raster;
    return { path: target, width, height, channels, levels: pyramidLevels(raster), bytes, histogram };
  } catch (error) {
    throw codecError(error);
  } finally {
    clearInterval(timer);
    rmSync(decoded, { force: true });
    rmSync(unfinished, { force: true });
  }
}

async function writeLevels(raster: DecodedRaster, target: string): Promise<number> {
  const tile = Math.max(raster.width, raster.height) <= SMALL_TILE ? SMALL_TILE : PYRAMID_TILE;
  const { size } = await withOwnFiles(() =>
    sharp(raster.path, { limitInputPixels: false })
      .toColourspace(raster.channels < 3 ? 'b-w' : 'srgb')
      .tiff({
        compression: 'none',
        tile: true,
        tileWidth: tile,
        tileHeight: tile,
        pyramid: true,
        bigtiff: true,
      })
      .toFile(target),
  );
  const { pages = 1 } = await sharp(target, { limitInputPixels: false }).metadata();
  const wanted = pyramidLevels(raster).length;
  if (pages !== wanted) throw new AppError('INTERNAL', { details: { reason: 'levels', pages, wanted } });
  return size;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** libvips chooses the format by the extension. */
function partsOf(target: string) {
  return { decoded: `${target}.v`, unfinished: `${target}.unfinished.tif` };
}

/** Files that a child that was killed at this work may have left. */
export function leftoversOfPyramid(target: string): readonly string[] {
  const { decoded, unfinished } = partsOf(target);
  return [target, unfinished, ...leftovers(decoded)];
}
