import type { RasterBlock } from '@tessera/geo/page';
import { levelSize, type BlockCache } from './block-cache.ts';
import type { OpenedRaster } from './opened-raster.ts';

/** How the values of a band are spread, by a smaller copy of the raster; undefined where nothing was measured. */
export interface Spread {
  readonly min: number;
  readonly max: number;
  /** The values below which 2 and 98 % of the samples lie. */
  readonly low: number;
  readonly high: number;
}

/** Pixels of the copy that is looked at, at most, unless there is none so small; then its first blocks are. */
const MOST_PIXELS = 1 << 20;
const MOST_BLOCKS = 16;
const [LOW, HIGH] = [0.02, 0.98];

/** The spread of each band. */
export async function spreadOf(
  cache: BlockCache,
  { url, file }: OpenedRaster,
): Promise<readonly (Spread | undefined)[]> {
  const { overviews, tile, bands } = file.facts;
  const sizes = [file.facts, ...overviews];
  const found = sizes.findIndex(({ width, height }) => width * height <= MOST_PIXELS);
  const level = found < 0 ? sizes.length - 1 : found;
  const { width, height } = levelSize(file, level);
  const across = Math.ceil(width / tile.width);
  const count = Math.min(MOST_BLOCKS, across * Math.ceil(height / tile.height));
  const blocks = await Promise.all(
    Array.from({ length: count }, (_, n) =>
      cache.block(url, file, { level, column: n % across, row: Math.floor(n / across) }),
    ),
  );
  return bands.map((_, band) => spreadIn(blocks, band));
}

function spreadIn(blocks: readonly RasterBlock[], band: number): Spread | undefined {
  const values: number[] = [];
  for (const { bands, valid } of blocks) {
    bands[band]!.forEach((value, i) => {
      if (valid[band]?.[i] !== 0 && Number.isFinite(value)) values.push(value);
    });
  }
  const sorted = Float64Array.from(values).sort();
  const at = (part: number): number => sorted[Math.floor(part * (sorted.length - 1))]!;
  if (sorted.length === 0) return undefined;
  return { min: at(0), max: at(1), low: at(LOW), high: at(HIGH) };
}
