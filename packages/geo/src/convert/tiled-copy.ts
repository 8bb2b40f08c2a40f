import type { RasterFacts } from '@tessera/contracts';
import { planCog, type CogLayout } from '../cog/cog-layout.ts';
import { encodePiece, type CogPiece } from '../cog/encode-piece.ts';
import type { PieceRegion } from '../cog/piece-region.ts';
import { planPieces } from '../cog/plan-pieces.ts';
import type { RasterBlock } from '../raster/raster-block.ts';
import type { RasterFile } from '../raster/raster-file.ts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import { needsAlpha, tiledOptions } from './tiled-options.ts';

/** Bytes of samples of a region: a raster of one block that fits is decoded once. */
const REGION_BYTES = 160 * 1024 * 1024;
/** Pixels of a block above which windows decode far more than they need. Windows of products hold 4 million. */
const LARGE_BLOCK = 2 * 1024 * 1024;

/** The tiled copy of a raster: its layout, and the regions that are encoded by themselves. */
export interface TiledCopy {
  readonly layout: CogLayout;
  readonly regions: readonly PieceRegion[];
}

/** Whether reading windows of a raster is slow: it is stored in one block, as many JPEG 2000 are, or in very large ones. */
export function isSlow({ tile }: RasterFacts): boolean {
  return tile.width * tile.height > LARGE_BLOCK;
}

/** Plans a copy in tiles, without overviews; the same for the same raster. */
export function planTiledCopy(
  facts: RasterFacts,
  { bytes = REGION_BYTES, tile = 512 }: { readonly bytes?: number; readonly tile?: number } = {},
): TiledCopy {
  // Read far more often than written, and kept beside the upload only: quick in both ways.
  const layout = planCog({ ...tiledOptions(facts), tile, compression: 'zstd', level: 1, overviews: false });
  const pixelBytes = layout.bands * SAMPLE_TYPES[facts.type].bytes;
  const [stage] = planPieces(layout, Math.max(tile * tile, Math.floor(bytes / pixelBytes)));
  return { layout, regions: stage?.regions ?? [] };
}

/** Reads a region of the raster and encodes its tiles. @throws AppError what reading throws. */
export async function encodeTiledRegion(
  raster: RasterFile,
  layout: CogLayout,
  region: PieceRegion,
  signal?: AbortSignal,
): Promise<CogPiece> {
  const { x, y, width, height } = region;
  const block = await raster.readWindow({ x, y, width, height }, signal);
  return encodePiece(layout, region, needsAlpha(raster.facts) ? withAlpha(block) : block);
}

function withAlpha(block: RasterBlock): RasterBlock {
  const { kind, range, samples } = SAMPLE_TYPES[block.type];
  const alpha = samples(block.width * block.height).fill(kind === 'float' ? 1 : range[1]);
  block.valid[0]?.forEach((flag, i) => {
    if (flag === 0) alpha[i] = 0;
  });
  const bands = [...block.bands, alpha];
  return { ...block, bands, valid: bands.map(() => undefined) };
}
