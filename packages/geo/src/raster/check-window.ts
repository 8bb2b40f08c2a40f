import type { RasterFacts } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { RasterWindow } from './raster-file.ts';
import type { RasterLimits } from './raster-limits.ts';
import { SAMPLE_TYPES } from './sample-type.ts';

export type CheckedWindow = Required<{ readonly [Key in keyof RasterWindow]: NonNullable<RasterWindow[Key]> }>;

/**
 * Fills in what a window leaves open.
 *
 * @throws AppError BAD_REQUEST for a window that is empty, too large, or not within its level, and for bands that are none.
 */
export function checkWindow(facts: RasterFacts, window: RasterWindow, limits: RasterLimits): CheckedWindow {
  const { x, y, width, height, level = 0, bands = facts.bands.map((_, band) => band) } = window;
  const size = level === 0 ? facts : facts.overviews[level - 1];
  if (size === undefined || ![x, y, width, height].every(Number.isSafeInteger)) throw refused(window);
  if (width < 1 || height < 1 || x < 0 || y < 0 || x + width > size.width || y + height > size.height)
    throw refused(window);
  if (bands.length === 0 || !bands.every((band) => facts.bands[band] !== undefined)) throw refused(window);
  if (width * height * bands.length * SAMPLE_TYPES[facts.type].bytes > limits.maxWindowBytes)
    throw new AppError('BAD_REQUEST', { message: 'The window is too large to be read at once.' });
  return { x, y, width, height, level, bands };
}

function refused(window: RasterWindow): AppError {
  return new AppError('BAD_REQUEST', { message: 'The window does not lie within the raster.', details: { window } });
}
