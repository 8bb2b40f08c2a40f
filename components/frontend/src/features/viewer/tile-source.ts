import type { ZoomDto } from '@tessera/contracts';
import type OpenSeadragon from 'openseadragon';
import type { Point, TileSource } from 'openseadragon';
import { tileUrl, type ZoomSource } from '../../api/zoom.ts';

type Osd = typeof OpenSeadragon;

/** Tells OpenSeadragon of the levels and tiles of a picture. Sizes of levels come from the server: they are rounded there. */
export function tileSourceOf(osd: Osd, source: ZoomSource, zoom: ZoomDto): TileSource {
  const { width, height, tileSize, levels, overlap = 0 } = zoom;
  const tiles = new osd.TileSource({
    width,
    height,
    tileSize,
    tileOverlap: overlap,
    minLevel: 0,
    maxLevel: levels.length - 1,
  });
  tiles.getTileUrl = (level, column, row) => tileUrl(source, level, column, row);
  tiles.getNumTiles = (level): Point => {
    const size = levels[level] ?? { width: 0, height: 0 };
    return new osd.Point(Math.ceil(size.width / tileSize), Math.ceil(size.height / tileSize));
  };
  return tiles;
}
