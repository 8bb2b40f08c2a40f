import type { RasterSource, RasterWish } from '@tessera/contracts';
import {
  httpRange,
  isSlow,
  objectRange,
  openRaster,
  type FetchFunction,
  type RangeSource,
  type RasterFile,
} from '@tessera/geo';
import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { JobStore } from '@tessera/store';
import { RequestProblems } from '../http/problems.ts';
import { displayName } from '../upload/display-name.ts';
import { remoteName } from '../upload/fetch/remote-name.ts';

/** Headers that are read at one time. */
const PARALLEL = 16;
/** Somebody waits for the answer: less patience than executors have. */
const REMOTE = { tries: 2, timeoutMilliseconds: 15_000 };

/** A source whose header was read. */
export interface OpenedSource {
  readonly source: RasterSource;
  readonly facts: RasterFile['facts'];
}

export interface SourceAccess {
  readonly store: Pick<JobStore, 'getImage'>;
  readonly objects: Pick<ObjectStore, 'get' | 'head'>;
  /** Asks web servers, as far as that is allowed; undefined: this site does not. */
  readonly fetch: FetchFunction | undefined;
}

/**
 * Finds the rasters that somebody names, and reads their headers.
 *
 * @throws RequestProblems NOT_FOUND with the unknown ones; AppError UNSUPPORTED_RASTER, CORRUPT_RASTER,
 *   SCENE_UNAVAILABLE with the raster's name in front; URL_REFUSED.
 */
export async function openSources(
  { store, objects, fetch }: SourceAccess,
  wishes: readonly RasterWish[],
): Promise<readonly OpenedSource[]> {
  const opened: OpenedSource[] = [];
  const missing: string[] = [];
  for (let start = 0; start < wishes.length; start += PARALLEL) {
    const some = await Promise.all(
      wishes.slice(start, start + PARALLEL).map(async (wish) => {
        if ('url' in wish) return openRemote(fetch, wish.url);
        const { image } = wish;
        const row = await store.getImage(image);
        if (row === undefined || row.format === 'rasters') return image;
        const { name, key, bytes } = row;
        const facts = await readFacts(name, objectRange(objects, key, bytes));
        // Nothing else is named after an image there, and what is goes when the image does.
        const tiled = isSlow(facts) ? { tiled: `results/${image}.tiled.tif` } : {};
        return { source: { name, at: { key, bytes }, image, ...tiled }, facts };
      }),
    );
    for (const one of some) {
      if (typeof one === 'string') missing.push(one);
      else opened.push(one);
    }
  }
  if (missing.length === 0) return opened;
  throw new RequestProblems(
    'NOT_FOUND',
    missing.slice(0, 20).map((id) => ({ path: 'product', message: `There is no image with the id ${id}.` })),
  );
}

/** The file as it is now: executors refuse it when it has changed. */
async function openRemote(fetch: FetchFunction | undefined, url: string): Promise<OpenedSource> {
  if (fetch === undefined)
    throw new AppError('URL_REFUSED', { message: 'This site does not read rasters on web servers.' });
  const name = displayName(remoteName(new URL(url), undefined));
  const range = httpRange(fetch, url, REMOTE);
  const facts = await readFacts(name, range);
  if (range.file === undefined) throw new AppError('SCENE_UNAVAILABLE', { details: { reason: 'never read' } });
  return { source: { name, at: { url, ...range.file } }, facts };
}

async function readFacts(name: string, range: RangeSource): Promise<RasterFile['facts']> {
  try {
    return (await openRaster(range)).facts;
  } catch (error) {
    if (!AppError.is(error) || (error.retryable && error.code !== 'SCENE_UNAVAILABLE')) throw error;
    const { code, message, retryable } = error;
    throw new AppError(code, { message: `${name}: ${message}`, retryable, cause: error });
  }
}
