import type { RasterSource } from '@tessera/contracts';
import { httpRange, objectRange, type FetchFunction } from '@tessera/geo';
import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { ReadRange } from './source-port.ts';

/**
 * Reads ranges of the sources of a product.
 *
 * @param fetch decides where it may connect to; undefined: this executor asks no web servers.
 * @returns a reader that throws AppError SOURCE_MISSING for an object that is no longer stored, SCENE_UNAVAILABLE for a
 *   file on a web server that can not be read or has changed, URL_REFUSED for any where there is no `fetch`, and what the
 *   store and `fetch` throw.
 */
export function readerOf(
  objects: ObjectStore,
  fetch: FetchFunction | undefined,
  sources: readonly RasterSource[],
): ReadRange {
  const ranges = sources.map(({ at }) =>
    'key' in at ? objectRange(objects, at.key, at.bytes) : httpRange(fetch ?? refuse, at.url, { known: at }),
  );
  return async (source, start, length, signal) => {
    const range = ranges[source];
    if (range === undefined) throw new AppError('INTERNAL', { details: { reason: 'no such source', source } });
    try {
      return await range.read(start, length, signal);
    } catch (error) {
      throw AppError.is(error) && error.code === 'NOT_FOUND' ? new AppError('SOURCE_MISSING', { cause: error }) : error;
    }
  };
}

function refuse(): never {
  throw new AppError('URL_REFUSED', { message: 'This executor does not read rasters on web servers.' });
}
