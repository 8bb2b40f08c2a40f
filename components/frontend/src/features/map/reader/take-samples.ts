import type { RasterBlock, Samples } from '@tessera/geo/page';
import { levelSize, type BlockCache } from './block-cache.ts';
import type { OpenedRaster } from './opened-raster.ts';
import type { PixelPlaces } from './pixel-places.ts';

/** Samples at some places, one array per band, and where there are any. */
export interface TakenSamples {
  readonly bands: readonly Samples[];
  /** One byte per place: 1 where all bands were measured. */
  readonly valid: Uint8Array;
}

/** Blocks of one tile of the map above which it is left empty: a large file without smaller copies, seen from far. */
const MOST_BLOCKS = 100;

/** The finest level whose pixels are not much finer than those of the map. */
export function levelOf({ file }: OpenedRaster, covered: number): number {
  const scales = [1, ...file.facts.overviews.map(({ width }) => file.facts.width / width)];
  return Math.max(
    0,
    scales.findLastIndex((scale) => scale <= covered * 1.001),
  );
}

/** Takes the nearest sample of a level at each place. */
export async function takeSamples(
  cache: BlockCache,
  raster: OpenedRaster,
  level: number,
  { columns, rows }: PixelPlaces,
): Promise<TakenSamples | undefined> {
  const { url, file } = raster;
  const { tile, width: fullWidth, height: fullHeight, bands } = file.facts;
  const { width, height } = levelSize(file, level);
  const [scaleX, scaleY] = [width / fullWidth, height / fullHeight];
  const across = Math.ceil(width / tile.width);
  const needed = new Set<number>();
  // Place of each pixel in the level, or -1 outside.
  const places = new Int32Array(columns.length).fill(-1);
  for (let i = 0; i < places.length; i += 1) {
    const [column, row] = [Math.floor(columns[i]! * scaleX), Math.floor(rows[i]! * scaleY)];
    if (!(column >= 0 && column < width && row >= 0 && row < height)) continue;
    places[i] = row * width + column;
    needed.add(Math.floor(row / tile.height) * across + Math.floor(column / tile.width));
  }
  if (needed.size === 0 || needed.size > MOST_BLOCKS) return undefined;
  const read = await Promise.all(
    [...needed].map(async (number): Promise<[number, RasterBlock]> => {
      const place = { level, column: number % across, row: Math.floor(number / across) };
      return [number, await cache.block(url, file, place)];
    }),
  );
  const blocks = new Map(read);
  const first = read[0]![1];
  const taken = bands.map((_, band) => first.bands[band]!.slice(0, 0));
  const samples = taken.map((kind) => new (kind.constructor as new (length: number) => Samples)(places.length));
  const valid = new Uint8Array(places.length);
  for (let i = 0; i < places.length; i += 1) {
    if (places[i]! < 0) continue;
    const [column, row] = [places[i]! % width, Math.floor(places[i]! / width)];
    const block = blocks.get(Math.floor(row / tile.height) * across + Math.floor(column / tile.width))!;
    const at = (row - block.y) * block.width + (column - block.x);
    let measured = 1;
    for (let band = 0; band < samples.length; band += 1) {
      samples[band]![i] = block.bands[band]![at]!;
      if (block.valid[band]?.[at] === 0) measured = 0;
    }
    valid[i] = measured;
  }
  return { bands: samples, valid };
}
