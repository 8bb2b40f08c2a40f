import type { Output, Size, Tiles, ZoomDto } from '@tessera/contracts';
import { tileLevels, tileName, tilesOfLevel, type TilePlace } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';

/** A result that is a pyramid of tiles: it is looked at as it is. */
export interface TiledResult {
  /** Key of the folder, with a slash at its end. */
  readonly key: string;
  readonly output: Output & { readonly tiles: Tiles };
}

/** The levels that a viewer needs: from the largest that is one tile to the full size. */
function shownLevels({ output }: TiledResult): readonly Size[] {
  const levels = tileLevels(output, output.tiles);
  const smallest = levels.findIndex((level) => tilesOfLevel(level, output.tiles) === 1);
  return levels.slice(0, smallest + 1);
}

/** What viewers have to know of it. */
export function zoomOfTiles(result: TiledResult): ZoomDto {
  const { width, height, tiles } = result.output;
  return {
    state: 'ready',
    share: 1,
    width,
    height,
    tileSize: tiles.size,
    ...(tiles.overlap > 0 ? { overlap: tiles.overlap } : {}),
    levels: [...shownLevels(result)].reverse(),
  };
}

/** Key of a tile, level 0 the smallest that is shown. @throws AppError NOT_FOUND */
export function tileKey(result: TiledResult, { level, column, row }: TilePlace): string {
  const { key, output } = result;
  const levels = shownLevels(result);
  const fromTop = levels.length - 1 - level;
  const own = levels[fromTop];
  const { size } = output.tiles;
  if (own === undefined || column * size >= own.width || row * size >= own.height) throw new AppError('NOT_FOUND');
  const naming = { picture: output, tiles: output.tiles, format: output.format };
  return key + tileName({ level: fromTop, column, row }, naming);
}

/** The largest level that is one tile, as a picture of its own. */
export function smallestOf(result: TiledResult) {
  const { width, height } = shownLevels(result).at(-1) ?? result.output;
  const key = tileKey(result, { level: 0, column: 0, row: 0 });
  return { key, bytes: 0, width, height, channels: result.output.channels };
}
