import type { GeoTransform } from '@tessera/contracts';
import type { TagReader } from './tag-reader.ts';
import { TAG } from './tiff-tag.ts';

/** Keys of GeoTIFF 1.1, annex B. */
const KEY = { modelType: 1024, rasterType: 1025, geodetic: 2048, projected: 3072 } as const;
const PIXEL_IS_POINT = 2;

export interface Georeference {
  readonly epsg: number | null;
  readonly transform: GeoTransform | null;
}

/** Reads where a GeoTIFF lies; both are `null` where it does not say, or not by a code. */
export async function readGeoreference(tags: TagReader, signal?: AbortSignal): Promise<Georeference> {
  const keys = shortKeys(await tags.numbers(TAG.geoKeyDirectory, signal));
  const transform = await readTransform(tags, signal);
  const isPoint = keys.get(KEY.rasterType) === PIXEL_IS_POINT;
  return { epsg: epsgOf(keys), transform: transform !== null && isPoint ? toCorner(transform) : transform };
}

/** The keys whose value stands in the directory itself. */
function shortKeys(directory: readonly number[]): ReadonlyMap<number, number> {
  const keys = new Map<number, number>();
  const count = Math.min(directory[3] ?? 0, directory.length / 4 - 1);
  for (let i = 1; i <= count; i += 1) {
    const [key = 0, location = 0, , value = 0] = directory.slice(i * 4, i * 4 + 4);
    if (location === 0) keys.set(key, value);
  }
  return keys;
}

function epsgOf(keys: ReadonlyMap<number, number>): number | null {
  const model = keys.get(KEY.modelType);
  if (model === 1) return codeOf(keys.get(KEY.projected));
  if (model === 2 || model === 3) return codeOf(keys.get(KEY.geodetic));
  return model === undefined ? (codeOf(keys.get(KEY.projected)) ?? codeOf(keys.get(KEY.geodetic))) : null;
}

/** 0 is "undefined", 32767 "defined by the user"; what is above belongs to nobody. */
function codeOf(value: number | undefined): number | null {
  return value !== undefined && value >= 1024 && value < 32_767 ? value : null;
}

async function readTransform(tags: TagReader, signal: AbortSignal | undefined): Promise<GeoTransform | null> {
  const [scaleX, scaleY] = await tags.numbers(TAG.modelPixelScale, signal);
  const [column, row, , east, north] = await tags.numbers(TAG.modelTiepoint, signal);
  if (scaleX !== undefined && scaleY !== undefined && scaleX !== 0 && scaleY !== 0) {
    if (column === undefined || row === undefined || east === undefined || north === undefined) return null;
    const dy = -Math.abs(scaleY);
    return finite([east - column * scaleX, scaleX, 0, north - row * dy, 0, dy]);
  }
  const m = await tags.numbers(TAG.modelTransformation, signal);
  return m.length < 16 ? null : finite([m[3]!, m[0]!, m[1]!, m[7]!, m[4]!, m[5]!]);
}

/** A transform that maps whole pixels to one point, or beyond all numbers, is none. */
function finite(transform: GeoTransform): GeoTransform | null {
  const [, dx, rx, , ry, dy] = transform;
  return transform.every(Number.isFinite) && dx * dy !== rx * ry ? transform : null;
}

/** From one that gives the centres of pixels to one that gives their corners. */
function toCorner([x0, dx, rx, y0, ry, dy]: GeoTransform): GeoTransform {
  return [x0 - (dx + rx) / 2, dx, rx, y0 - (ry + dy) / 2, ry, dy];
}
