import type { RasterSource } from '@tessera/contracts';
import { objectRange } from '@tessera/geo';
import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { ReadRange } from './source-port.ts';

/**
 * Reads ranges of the sources of a product.
 *
 * @returns a reader that throws AppError SOURCE_MISSING for an object that is no longer stored, and what the store throws.
 */
export function readerOf(objects: ObjectStore, sources: readonly RasterSource[]): ReadRange {
  const ranges = sources.map(({ at }) => objectRange(objects, at.key, at.bytes));
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
