import { renameSync, writeFileSync, rmSync } from 'node:fs';
import { codecError } from '../decode/codec-error.ts';
import type { DecodeLimits } from '../decode/decode-limits.ts';
import { openOptions, type Inspection } from '../decode/inspect.ts';
import { turnOf } from '../decode/orientation.ts';
import { sharp } from '../sharp.ts';
import { turnWindow } from '../window/turn-window.ts';
import { viewOf, type View } from './encode-view.ts';
import { rasterOf } from './raster-of.ts';

export type Thumbnail = Pick<View, 'contentType'>;

/**
 * Writes a small picture of an inspected image to `target`: upright, sRGB or gray, its longest side at most `side`
 * pixels. The image is read once from top to bottom and shrunk on the way.
 *
 * @throws AppError any code of the image.
 */
export async function makeThumbnail(
  path: string,
  target: string,
  side: number,
  { probe, orientation }: Inspection,
  limits: DecodeLimits,
): Promise<Thumbnail> {
  const unfinished = `${target}.unfinished`;
  try {
    const small = sharp(path, openOptions(limits)).resize({
      width: side,
      height: side,
      fit: 'inside',
      withoutEnlargement: true,
    });
    const raster = await rasterOf(small, probe.channels);
    const turn = turnOf(orientation, raster.width, raster.height);
    const data = turnWindow({ x: 0, y: 0, raster }, turn, 0, turn.height, raster.channels);
    const view = await viewOf({ width: turn.width, height: turn.height, channels: raster.channels, data });
    writeFileSync(unfinished, view.bytes);
    renameSync(unfinished, target);
    return { contentType: view.contentType };
  } catch (error) {
    throw codecError(error);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Files that a child that was killed at this work may have left. */
export function leftoversOfThumbnail(target: string): readonly string[] {
  return [target, `${target}.unfinished`];
}
