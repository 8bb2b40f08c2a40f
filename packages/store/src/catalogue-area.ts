import type { Bbox, Outline } from '@tessera/contracts';

/** An outline as PostgreSQL writes a polygon, its west at −180 or more and below 180. */
export function areaText(outline: Outline): string {
  const west = Math.min(...outline.map(([longitude]) => longitude));
  const turns = Math.floor((west + 180) / 360) * 360;
  return `(${outline.map(([longitude, latitude]) => `(${String(longitude - turns)},${String(latitude)})`).join(',')})`;
}

/**
 * The polygons that a stored area has to meet one of to meet a box. Stored areas lie between −180 and 540, so the same
 * box may be one or two turns of the earth further on, or back.
 */
export function areasOf([west, south, east, north]: Bbox): readonly string[] {
  const end = east < west ? east + 360 : east;
  return turnsOf([
    [west, south],
    [end, south],
    [end, north],
    [west, north],
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
