import type { ComposePart, ObjectFacts, ObjectStore } from '@tessera/storage';
import { assembleCog } from '../cog/assemble-cog.ts';
import { planCog, type CogLayout } from '../cog/cog-layout.ts';
import type { CogOptions } from '../cog/cog-options.ts';
import { encodePiece, type PieceFacts } from '../cog/encode-piece.ts';
import { joinReduced } from '../cog/join-reduced.ts';
import type { PieceRegion } from '../cog/piece-region.ts';
import { pieceInputs, planPieces, type PieceStage } from '../cog/plan-pieces.ts';
import type { RasterBlock } from '../raster/raster-block.ts';
import type { RasterFile } from '../raster/raster-file.ts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import { needsAlpha, tiledOptions } from './tiled-options.ts';

export interface ConvertOptions {
  /** Prefix of the keys of pieces, without a slash at its end; they are deleted at the end, however it comes. */
  readonly work: string;
  /** Key of the finished file. */
  readonly target: string;
  /** Pixels that are in memory at one time, about; default 16 million. */
  readonly pixels?: number | undefined;
  /** What is to be other than the raster says, as the resampling of overviews. */
  readonly cog?: Partial<Omit<CogOptions, 'width' | 'height' | 'type' | 'bands'>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

const PIXELS = 16_000_000;

/**
 * Writes a raster that is slow to read in windows (JPEG 2000, strips) once as a cloud-optimized GeoTIFF. Of the raster
 * only one region is in memory at a time, and of each region what is left of it for the overviews.
 *
 * @throws AppError what the raster and the store throw
 */
export async function convertToTiled(
  raster: RasterFile,
  store: Pick<ObjectStore, 'put' | 'compose' | 'delete'>,
  options: ConvertOptions,
): Promise<ObjectFacts> {
  const { work, target, signal } = options;
  const layout = planCog({ ...tiledOptions(raster.facts), ...options.cog });
  const stages = planPieces(layout, options.pixels ?? PIXELS);
  const keyOf = (piece: number): string => `${work}/${piece}`;
  const pieces: PieceFacts[] = [];
  try {
    let reduced: readonly RasterBlock[] = [];
    for (const [index, stage] of stages.entries()) {
      const left: RasterBlock[] = [];
      for (const region of stage.regions) {
        const block =
          index === 0 ? await readRegion(raster, region, signal) : joined(layout, stages[index - 1]!, region, reduced);
        const { bytes, reduced: rest, ...facts } = await encodePiece(layout, region, block);
        await store.put(keyOf(pieces.length), bytes, { signal });
        pieces.push(facts);
        if (rest !== undefined) left.push(rest);
      }
      reduced = left;
    }
    const parts = assembleCog(layout, pieces).segments.map((segment): ComposePart => {
      if (segment instanceof Uint8Array) return segment;
      return { key: keyOf(segment.piece), range: { start: segment.start, end: segment.end } };
    });
    return await store.compose(target, parts, { contentType: 'image/tiff', signal });
  } finally {
    await store.delete(pieces.map((_, piece) => keyOf(piece)));
  }
}

/** What the stage before left of a region. */
function joined(
  layout: CogLayout,
  before: PieceStage,
  region: PieceRegion,
  reduced: readonly RasterBlock[],
): RasterBlock {
  const inputs = pieceInputs(before, region).map((input) => reduced[input]!);
  return joinReduced(layout, region, inputs);
}

async function readRegion(
  raster: RasterFile,
  { x, y, width, height }: PieceRegion,
  signal: AbortSignal | undefined,
): Promise<RasterBlock> {
  const block = await raster.readWindow({ x, y, width, height }, signal);
  if (!needsAlpha(raster.facts)) return block;
  const { kind, range, samples } = SAMPLE_TYPES[block.type];
  const opaque = kind === 'float' ? 1 : range[1];
  const alpha = samples(width * height).fill(opaque);
  block.valid[0]?.forEach((flag, i) => {
    if (flag === 0) alpha[i] = 0;
  });
  const bands = [...block.bands, alpha];
  return { ...block, bands, valid: bands.map(() => undefined) };
}
