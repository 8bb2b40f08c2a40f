import type { RasterSource, RasterWish } from '@tessera/contracts';
import { objectRange, openRaster, type RasterFile } from '@tessera/geo';
import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { JobStore } from '@tessera/store';
import { RequestProblems } from '../http/problems.ts';

/** Headers that are read at one time. */
const PARALLEL = 16;

/** A source whose header was read. */
export interface OpenedSource {
  readonly source: RasterSource;
  readonly facts: RasterFile['facts'];
}

export interface SourceAccess {
  readonly store: Pick<JobStore, 'getImage'>;
  readonly objects: Pick<ObjectStore, 'get' | 'head'>;
}

/**
 * Finds the rasters that somebody names, and reads their headers.
 *
 * @throws RequestProblems NOT_FOUND with the unknown ones; AppError UNSUPPORTED_RASTER, CORRUPT_RASTER with the raster's
 *   name in front.
 */
export async function openSources(
  { store, objects }: SourceAccess,
  wishes: readonly RasterWish[],
): Promise<readonly OpenedSource[]> {
  const opened: OpenedSource[] = [];
  const missing: string[] = [];
  for (let start = 0; start < wishes.length; start += PARALLEL) {
    const some = await Promise.all(
      wishes.slice(start, start + PARALLEL).map(async ({ image }) => {
        const row = await store.getImage(image);
        if (row === undefined || row.format === 'rasters') return image;
        return open(objects, { name: row.name, at: { key: row.key, bytes: row.bytes }, image });
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

async function open(objects: SourceAccess['objects'], source: RasterSource): Promise<OpenedSource> {
  try {
    const { facts } = await openRaster(objectRange(objects, source.at.key, source.at.bytes));
    return { source, facts };
  } catch (error) {
    if (!AppError.is(error) || error.retryable) throw error;
    throw new AppError(error.code, { message: `${source.name}: ${error.message}`, cause: error });
  }
}
