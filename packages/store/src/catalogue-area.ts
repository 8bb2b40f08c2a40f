import type { Bbox, Outline } from '@tessera/contracts';

/** An outline as PostgreSQL writes a polygon, its west at −180 or more and below 180. */
export function areaText(outline: Outline): string {
  const west = Math.min(...outline.map(([longitude]) => longitude));
  const turns = Math.floor((west + 180) / 360) * 360;
  return `(${outline.map(([longitude, latitude]) => `(${String(longitude - turns)},${String(latitude)})`).join(',')})`;
}

/**
 * Degrees that a box without width or height is made wide: a metre, above the 1e-6 within which PostgreSQL takes
 * coordinates for equal. Two lines that lie in one another have no crossing for it, and would not meet.
 */
const THINNEST = 1e-5;

/**
 * The polygons that a stored area has to meet one of to meet a box. Stored areas lie between −180 and 540, so the same
 * box may be one or two turns of the earth further on, or back.
 */
export function areasOf([west, south, east, north]: Bbox): readonly string[] {
  const end = east < west ? east + 360 : east;
  const [wider, higher] = [end === west ? THINNEST : 0, north === south ? THINNEST : 0];
  return turnsOf([
    [west - wider, south - higher],
    [end + wider, south - higher],
    [end + wider, north + higher],
    [west - wider, north + higher],
  ]);
}

/** The same for an outline of any form; a hole of it is as far on, or back, as the outline. */
export function turnsOf(outline: Outline, around = outline): readonly string[] {
  const longitudes = around.map(([longitude]) => longitude);
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  return [-360, 0, 360]
    .filter((turn) => east + turn >= -180 && west + turn <= 540)
    .map((turn) => `(${outline.map(([x, y]) => `(${String(x + turn)},${String(y)})`).join(',')})`);
}
