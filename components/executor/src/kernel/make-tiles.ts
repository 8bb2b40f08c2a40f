import { encodeFile } from '@tessera/codec/encode-file';
import type { Output, Region, Size, Tiles } from '@tessera/contracts';
import { crop } from '@tessera/imaging/crop';
import { blockDigests } from '@tessera/imaging/digest';
import type { Raster, Window } from '@tessera/imaging/raster';
import { wholeOf } from '@tessera/imaging/region';
import { halve } from '@tessera/imaging/tiles/halve';
import { tileLevels, tileRegion, tilesIn } from '@tessera/imaging/tiles/levels';
import { tileName } from '@tessera/imaging/tiles/tile-names';
import { AppError } from '@tessera/runtime/app-error';
import type { EncodedTile, TileAnswer } from './tile-call.ts';

export interface TileWork {
  readonly output: Output;
  /** Number of the level that the window is of, 0 the full size, and of the last one that is made. */
  readonly level: number;
  readonly through: number;
  /** The region of the level; the window holds it with what its tiles overlap. */
  readonly region: Region;
}

/** Encodes the tiles of a region and, where it is all of a level, of the levels below. */
export async function makeTiles(window: Window, { output, level, through, region }: TileWork): Promise<TileAnswer> {
  const { tiles } = output;
  if (tiles === undefined) throw new AppError('INTERNAL', { details: { reason: 'no tiles are wanted' } });
  const levels = tileLevels(output, tiles);
  const made = await encodeTiles(window, region, { output, tiles, level, picture: levels[level] ?? output });
  const own = crop(window, region);
  const digests = level === 0 ? blockDigests(own) : new Uint8Array();
  let raster = own;
  for (let below = level + 1; below <= through; below++) {
    raster = halve(raster);
    const place = { output, tiles, level: below, picture: raster };
    made.push(...(await encodeTiles({ x: 0, y: 0, raster }, wholeOf(raster), place)));
  }
  const more = through === level && level < levels.length - 1;
  return { tiles: made, halved: more ? halve(own).data : new Uint8Array(), digests };
}

interface LevelPlace {
  readonly output: Output;
  readonly tiles: Tiles;
  readonly level: number;
  readonly picture: Size;
}

async function encodeTiles(window: Window, region: Region, place: LevelPlace): Promise<EncodedTile[]> {
  const { output, tiles, level, picture } = place;
  const naming = { picture: output, tiles, format: output.format };
  const made: EncodedTile[] = [];
  for (const tile of tilesIn(region, level, tiles)) {
    const raster: Raster = crop(window, tileRegion(tile, picture, tiles));
    const { width, height } = raster;
    made.push({ name: tileName(tile, naming), bytes: await encodeFile(raster, { ...output, width, height }) });
  }
  return made;
}
