import { picturePlace } from '@tessera/geo';
import { AppError } from '@tessera/runtime';
import type { ImageRow, JobRow } from '@tessera/store';
import { isViewable } from '../jobs/is-viewable.ts';
import { smallestOf, type TiledResult } from './result-tiles.ts';
import { requirePicture } from '../upload/require-picture.ts';

/** A stored picture that somebody looks at: an upload, or a result. */
export interface StoredPicture {
  /** Key of its object; objects are immutable, so it names the pixels. */
  readonly key: string;
  /** Bytes of the file. */
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** @throws AppError UNSUPPORTED_FORMAT for what is no picture. */
export function pictureOfImage(image: ImageRow): StoredPicture {
  requirePicture(image);
  const { key, bytes, width, height, channels } = image;
  return { key, bytes, width, height, channels };
}

/** The result of a job that is a pyramid of tiles; undefined: it is something else, or there is none. */
export function tiledResult({ plan, result }: Pick<JobRow, 'plan' | 'result'>): TiledResult | undefined {
  const { tiles } = plan.output;
  return result === null || !tiles ? undefined : { key: result.key, output: { ...plan.output, tiles } };
}

/**
 * The finished file of a job; of a product the picture beside it, where there is one; of a
 * pyramid its largest single tile.
 *
 * @throws AppError CONFLICT if there is no result, UNSUPPORTED_FORMAT for a raster that is no picture and has none.
 */
export function pictureOfResult({ state, plan, result }: JobRow): StoredPicture {
  if (result === null) throw new AppError('CONFLICT', { message: `The job is ${state}: there is no result.` });
  const { key, bytes, width, height, channels, companions } = result;
  const tiled = tiledResult({ plan, result });
  if (tiled) return smallestOf(tiled);
  const [largest] = result.files?.pictures ?? [];
  if (largest) return { key: key + largest.name, bytes: largest.bytes, width, height, channels };
  const { raster } = plan;
  if (raster === undefined) return { key, bytes, width, height, channels };
  const picture = companions?.find(({ role }) => role === 'picture');
  if (picture !== undefined) {
    const painted = picturePlace(raster, plan.picture);
    return { key: picture.key, bytes: picture.bytes, width, height, channels: painted.channels };
  }
  if (isViewable(raster.target)) return { key, bytes, width, height, channels };
  throw new AppError('UNSUPPORTED_FORMAT', { message: 'This product was made without a picture.' });
}
