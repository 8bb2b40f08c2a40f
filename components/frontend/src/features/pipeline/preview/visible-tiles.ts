import type { Region, ZoomDto } from '@tessera/contracts';

/** A tile and the part of the picture that it shows, in pixels of the picture. */
export interface PlacedTile {
  readonly level: number;
  readonly column: number;
  readonly row: number;
  readonly region: Region;
}

/**
 * The tiles that show a region at a scale (screen pixels for one of the picture): of the smallest level that is not
 * coarser than the screen, or of the picture's own.
 */
export function visibleTiles(zoom: ZoomDto, visible: Region, scale: number): readonly PlacedTile[] {
  const { levels, width, tileSize } = zoom;
  const found = levels.findIndex((size) => size.width >= width * scale * 0.99);
  const level = found < 0 ? levels.length - 1 : found;
  const size = levels[level];
  if (!size) return [];
  const [across, down] = [width / size.width, zoom.height / size.height];
  const last = (from: number, side: number, factor: number): number => Math.ceil((from + side) / factor / tileSize) - 1;
  const columns = [Math.floor(visible.x / across / tileSize), last(visible.x, visible.width, across)] as const;
  const rows = [Math.floor(visible.y / down / tileSize), last(visible.y, visible.height, down)] as const;
  const tiles: PlacedTile[] = [];
  for (let row = Math.max(0, rows[0]); row <= rows[1]; row += 1) {
    for (let column = Math.max(0, columns[0]); column <= columns[1]; column += 1) {
      const [x, y] = [column * tileSize, row * tileSize];
      const [w, h] = [Math.min(tileSize, size.width - x), Math.min(tileSize, size.height - y)];
      if (w <= 0 || h <= 0) continue;
      tiles.push({ level, column, row, region: { x: x * across, y: y * down, width: w * across, height: h * down } });
    }
  }
  return tiles;
}
