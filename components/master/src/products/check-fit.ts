import type { RasterFacts } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import type { OpenedSource } from './open-sources.ts';

/** Part of a pixel by which transforms may differ: they are written with different numbers of digits. */
const TOLERANCE = 1e-3;

/**
 * Checks that rasters lie over each other pixel by pixel.
 *
 * @returns the facts of the first, whose grid all share.
 * @throws AppError RASTER_MISMATCH naming the first that does not fit and why.
 */
export function checkFit(sources: readonly OpenedSource[]): RasterFacts {
  const [first, ...others] = sources;
  if (first === undefined) throw new AppError('BAD_REQUEST', { message: 'There is no raster.' });
  for (const { source, facts } of others) {
    const why = differenceOf(first.facts, facts);
    if (why === undefined) continue;
    throw new AppError('RASTER_MISMATCH', {
      message: `${source.name} does not lie over ${first.source.name}: ${why}.`,
    });
  }
  return first.facts;
}

function differenceOf(a: RasterFacts, b: RasterFacts): string | undefined {
  if (a.width !== b.width || a.height !== b.height) {
    return `it has ${String(b.width)} × ${String(b.height)} pixels, not ${String(a.width)} × ${String(a.height)}`;
  }
  if (a.epsg !== b.epsg) return `its reference system is ${nameOf(b.epsg)}, not ${nameOf(a.epsg)}`;
  if (a.transform === null || b.transform === null) {
    return a.transform === b.transform ? undefined : 'only one of them says where on the earth it lies';
  }
  const [x0, dx, rx, y0, ry, dy] = a.transform;
  const pixel = Math.min(Math.hypot(dx, ry), Math.hypot(rx, dy));
  const [bx0, bdx, brx, by0, bry, bdy] = b.transform;
  const corner = Math.max(Math.abs(x0 - bx0), Math.abs(y0 - by0));
  // What a step of one pixel is off by is off that many times at the far corner.
  const step = Math.max(Math.abs(dx - bdx), Math.abs(rx - brx), Math.abs(ry - bry), Math.abs(dy - bdy));
  const far = corner + step * Math.max(a.width, a.height);
  return far <= pixel * TOLERANCE ? undefined : 'its pixels lie elsewhere on the earth';
}

const nameOf = (epsg: number | null): string => (epsg === null ? 'unknown' : `EPSG:${String(epsg)}`);
