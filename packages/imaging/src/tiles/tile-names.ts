import type { OutputFormat, Size, Tiles } from '@tessera/contracts';
import { tileLevels, type TilePlace } from './levels.ts';

/** What IIIF requires of a service's own address; whoever serves the files puts in where that is. */
export const IIIF_ID = 'https://iiif.example.org/image';

/** Extensions of tiles. */
const EXTENSIONS: Partial<Readonly<Record<OutputFormat, string>>> = { png: 'png', jpeg: 'jpg', webp: 'webp' };

/** How a pyramid's tiles are named. */
export interface TileNaming {
  readonly picture: Size;
  readonly tiles: Tiles;
  readonly format: OutputFormat;
}

/** Extension of the tiles' names. */
export const tileExtension = (format: OutputFormat): string => EXTENSIONS[format] ?? format;

/** The file that tells of all tiles. */
export const tilesMain = ({ layout }: Tiles): string => (layout === 'dzi' ? 'image.dzi' : 'info.json');

/**
 * Name of a tile's file. Deep Zoom counts levels from the smallest; IIIF names the region of the whole picture and the size
 * of the tile, in the canonical form.
 */
export function tileName({ level, column, row }: TilePlace, naming: TileNaming): string {
  const { picture, tiles, format } = naming;
  const levels = tileLevels(picture, tiles);
  if (tiles.layout === 'dzi') {
    return `image_files/${levels.length - 1 - level}/${column}_${row}.${tileExtension(format)}`;
  }
  return `${iiifPlace({ level, column, row }, levels, tiles.size)}/0/default.${tileExtension(format)}`;
}

function iiifPlace({ level, column, row }: TilePlace, levels: readonly Size[], side: number): string {
  const [whole, own] = [levels[0]!, levels[level]!];
  if (own.width <= side && own.height <= side) return `full/${level === 0 ? 'max' : `${own.width},${own.height}`}`;
  const reach = side * 2 ** level;
  const [x, y] = [column * reach, row * reach];
  const [width, height] = [Math.min(reach, whole.width - x), Math.min(reach, whole.height - y)];
  const size = [Math.min(side, own.width - column * side), Math.min(side, own.height - row * side)];
  return `${[x, y, width, height].join(',')}/${size.join(',')}`;
}

/** The file that tells of all tiles: XML of Deep Zoom, or JSON of IIIF Image API 3, level 0. */
export function tilesManifest(naming: TileNaming): string {
  return naming.tiles.layout === 'dzi' ? dzi(naming) : infoJson(naming);
}

function dzi({ picture, tiles, format }: TileNaming): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Image xmlns="http://schemas.microsoft.com/deepzoom/2008" Format="${tileExtension(format)}" Overlap="${tiles.overlap}" TileSize="${tiles.size}">
  <Size Width="${picture.width}" Height="${picture.height}"/>
</Image>
`;
}

function infoJson({ picture, tiles, format }: TileNaming): string {
  const levels = tileLevels(picture, tiles);
  const isOneTile = ({ width, height }: Size): boolean => width <= tiles.size && height <= tiles.size;
  const info = {
    '@context': 'http://iiif.io/api/image/3/context.json',
    id: IIIF_ID,
    type: 'ImageService3',
    protocol: 'http://iiif.io/api/image',
    profile: 'level0',
    width: picture.width,
    height: picture.height,
    sizes: levels.filter(isOneTile),
    tiles: [{ width: tiles.size, height: tiles.size, scaleFactors: levels.map((_, level) => 2 ** level) }],
    ...(format === 'jpeg' ? {} : { preferredFormats: [tileExtension(format)], extraFormats: [tileExtension(format)] }),
  };
  return `${JSON.stringify(info, undefined, 2)}\n`;
}
