import { AppError } from '@tessera/runtime/app-error';
import type { CogLayout } from './cog-layout.ts';

/**
 * What one task encodes: a rectangle of a level in that level's pixels, and how many levels, this one included, it
 * finishes. Its edges lie on edges of tiles of all of them, or on the raster's own.
 */
export interface PieceRegion {
  readonly level: number;
  readonly levels: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The tiles of one level that lie in a region. */
export interface TileSpan {
  readonly level: number;
  readonly column: number;
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
}

/** The tiles that a region finishes, the finest level first. */
export function tileSpans(layout: CogLayout, region: PieceRegion): TileSpan[] {
  const spans: TileSpan[] = [];
  for (let step = 0; step < region.levels; step++) {
    const { x, y, width, height } = coarser(region, step);
    const [column, row] = [x / layout.tile, y / layout.tile];
    spans.push({
      level: region.level + step,
      column,
      row,
      columns: Math.ceil((x + width) / layout.tile) - column,
      rows: Math.ceil((y + height) / layout.tile) - row,
    });
  }
  return spans;
}

/** Number of tiles that a region finishes, over all planes. */
export function tileCount(layout: CogLayout, region: PieceRegion): number {
  return layout.planes * tileSpans(layout, region).reduce((sum, { columns, rows }) => sum + columns * rows, 0);
}

/** The rectangle that covers a region after `steps` halvings. */
export function coarser(
  region: Pick<PieceRegion, 'x' | 'y' | 'width' | 'height'>,
  steps: number,
): Pick<PieceRegion, 'x' | 'y' | 'width' | 'height'> {
  const scale = 2 ** steps;
  const [x, y] = [region.x / scale, region.y / scale];
  return {
    x,
    y,
    width: Math.ceil((region.x + region.width) / scale) - x,
    height: Math.ceil((region.y + region.height) / scale) - y,
  };
}

/** @throws AppError INTERNAL for a region whose edges are not those of tiles of all its levels. */
export function checkPieceRegion(layout: CogLayout, region: PieceRegion): void {
  const level = layout.levels[region.level];
  const unit = layout.tile * 2 ** (region.levels - 1);
  const isSpan = (from: number, length: number, whole: number) =>
    from >= 0 &&
    length > 0 &&
    from % unit === 0 &&
    (length % unit === 0 ? from + length <= whole : from + length === whole);
  const fits =
    level !== undefined &&
    region.levels >= 1 &&
    region.level + region.levels <= layout.levels.length &&
    isSpan(region.x, region.width, level.width) &&
    isSpan(region.y, region.height, level.height);
  if (!fits) throw new AppError('INTERNAL', { message: 'The region is not made of whole tiles.', details: { region } });
}
