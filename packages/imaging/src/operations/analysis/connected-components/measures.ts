import type { Region } from '@tessera/contracts';
import { pushVarint, type ByteReader } from '../../../components/varint.ts';
import type { RegionObjects } from './region-objects.ts';

/** Of an object, or a part of it, in pixels of the whole picture; all whole numbers, so parts add up exactly. */
export interface Measures {
  readonly area: number;
  readonly left: number;
  readonly top: number;
  /** The first column and row behind it. */
  readonly right: number;
  readonly bottom: number;
  /** Sums of the columns and of the rows of all its pixels. */
  readonly sumX: number;
  readonly sumY: number;
}

/** Nothing yet. */
export const NO_MEASURES: Measures = { area: 0, left: Infinity, top: Infinity, right: 0, bottom: 0, sumX: 0, sumY: 0 };

/** Those of two parts together. */
export function addMeasures(a: Measures, b: Measures): Measures {
  return {
    area: a.area + b.area,
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
    sumX: a.sumX + b.sumX,
    sumY: a.sumY + b.sumY,
  };
}

/** The measures of some objects of a region, in the order in which they are asked for. */
export function measure({ runs, objects, areas }: RegionObjects, region: Region, asked: readonly number[]): Measures[] {
  const places = new Int32Array(areas.length).fill(-1);
  for (const [place, object] of asked.entries()) places[object] = place;
  const measures = asked.map(() => ({ ...NO_MEASURES }));
  for (let row = 0; row < region.height; row++) {
    const y = region.y + row;
    for (let run = runs.rows[row]!; run < runs.rows[row + 1]!; run++) {
      const place = places[objects[run]!]!;
      if (place < 0) continue;
      const of = measures[place]!;
      const [start, end] = [region.x + runs.starts[run]!, region.x + runs.ends[run]!];
      const pixels = end - start;
      of.area += pixels;
      of.left = Math.min(of.left, start);
      of.right = Math.max(of.right, end);
      of.top = Math.min(of.top, y);
      of.bottom = y + 1;
      // One of the factors is even.
      of.sumX += (pixels * (start + end - 1)) / 2;
      of.sumY += pixels * y;
    }
  }
  return measures;
}

/** Most numbers are small: sizes, and what sums exceed those of the upper left corner by. */
export function pushMeasures(bytes: number[], { area, left, top, right, bottom, sumX, sumY }: Measures): void {
  for (const value of [area, left, top, right - left, bottom - top, sumX - left * area, sumY - top * area]) {
    pushVarint(bytes, value);
  }
}

/** Reads what `pushMeasures` wrote. */
export function readMeasures(reader: ByteReader): Measures {
  const [area, left, top] = [reader.varint(), reader.varint(), reader.varint()];
  const [right, bottom] = [left + reader.varint(), top + reader.varint()];
  const [sumX, sumY] = [left * area + reader.varint(), top * area + reader.varint()];
  return { area, left, top, right, bottom, sumX, sumY };
}
