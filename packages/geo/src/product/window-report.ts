import type { MissingScene } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { RasterBlock } from '../raster/raster-block.ts';

/** Who gave a window its samples. */
export interface WindowReport {
  /** Scenes, or rasters, that gave some, in their order. */
  readonly scenes: readonly number[];
  /** Those that should have been read and could not. */
  readonly missing: readonly MissingScene[];
}

export interface ComputedWindow {
  readonly block: RasterBlock;
  readonly report: WindowReport;
}

/** Errors that say that a scene is not to be had, whoever asks. */
const GONE: ReadonlySet<string> = new Set([
  'SCENE_UNAVAILABLE',
  'SOURCE_MISSING',
  'CORRUPT_RASTER',
  'UNSUPPORTED_RASTER',
  'URL_REFUSED',
  'URL_UNREACHABLE',
]);

/** What to note of a scene that could not be read, or `undefined` where the error is about something else. */
export function missingScene(scene: number, error: unknown): MissingScene | undefined {
  if (!AppError.is(error) || !GONE.has(error.code)) return undefined;
  const { code, message } = error;
  return { scene, code, message };
}
