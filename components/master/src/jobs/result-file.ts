import type { Output, Region, Tiles } from '@tessera/contracts';
import { tileLevels, tileName, tilesMain, type TilePlace } from '@tessera/imaging';

type TiledOutput = Output & { readonly tiles: Tiles };

/**
 * Name under which a file of a pyramid is stored, for a name that somebody asks for; undefined for what is no part of it.
 * Viewers of IIIF may ask for the whole picture by its region, and for a size by its width or the word for the largest.
 */
export function tileFileName(asked: string, { tiles, ...output }: Output): string | undefined {
  if (tiles === undefined) return undefined;
  if (asked === tilesMain(tiles)) return asked;
  return tiles.layout === 'dzi' ? dziName(asked, { ...output, tiles }) : iiifName(asked, { ...output, tiles });
}

/** The name of the tile at a place; undefined: there is none. */
function nameAt(place: TilePlace, output: TiledOutput): string | undefined {
  const { tiles, format } = output;
  const own = tileLevels(output, tiles)[place.level];
  const has = own !== undefined && place.column * tiles.size < own.width && place.row * tiles.size < own.height;
  return has ? tileName(place, { picture: output, tiles, format }) : undefined;
}

function dziName(asked: string, output: TiledOutput): string | undefined {
  const found = /^image_files\/(\d{1,2})\/(\d{1,6})_(\d{1,6})\.[a-z]+$/.exec(asked);
  const [level = 0, column = 0, row = 0] = found?.slice(1).map(Number) ?? [];
  const fromTop = tileLevels(output, output.tiles).length - 1 - level;
  const name = found === null ? undefined : nameAt({ level: fromTop, column, row }, output);
  return name === asked ? name : undefined;
}

const IIIF_NAME = /^(?:full|(\d{1,7}),(\d{1,7}),(\d{1,7}),(\d{1,7}))\/(max|\d{1,7},\d{0,7})\/0\/(default\.[a-z]+)$/;

/** Looks for the tile of that region and that size. */
function iiifName(asked: string, output: TiledOutput): string | undefined {
  const found = IIIF_NAME.exec(asked);
  if (found === null) return undefined;
  const { tiles, width, height } = output;
  const [x = 0, y = 0, w = width, h = height] = found.slice(1, 5).flatMap((text) => (text ? [Number(text)] : []));
  for (const [level, own] of tileLevels(output, tiles).entries()) {
    const reach = tiles.size * 2 ** level;
    const [column, row] = [x / reach, y / reach];
    const whole: Region = { x, y, width: Math.min(reach, width - x), height: Math.min(reach, height - y) };
    if (!Number.isInteger(column) || !Number.isInteger(row) || whole.width !== w || whole.height !== h) continue;
    const across = Math.min(tiles.size, own.width - column * tiles.size);
    const down = Math.min(tiles.size, own.height - row * tiles.size);
    const sizes = [`${across},${down}`, `${across},`, ...(level === 0 ? ['max'] : [])];
    const name = sizes.includes(found[5] ?? '') ? nameAt({ level, column, row }, output) : undefined;
    if (name?.endsWith(`/${found[6] ?? ''}`)) return name;
  }
  return undefined;
}
