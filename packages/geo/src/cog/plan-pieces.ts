import type { CogLayout } from './cog-layout.ts';
import { coarser, type PieceRegion } from './piece-region.ts';

/** Regions that can be encoded side by side; together they finish their levels. The next stage needs their reduced blocks. */
export interface PieceStage {
  readonly level: number;
  readonly levels: number;
  /** In raster order. */
  readonly regions: readonly PieceRegion[];
}

/** Blocks of digests are this wide: windows of the full size begin at multiples of it. */
const DIGEST_WIDTH = 512;

/**
 * Divides a file into regions of at most about `pixels` pixels (at least a tile's rows of them): first windows of the
 * full size, then regions of the first level that no window could finish, and so on. Wide regions are preferred: their
 * tiles lie together in the file, so that it is made of few long ranges.
 */
export function planPieces(layout: CogLayout, pixels: number): PieceStage[] {
  const stages: PieceStage[] = [];
  for (let level = 0; level < layout.levels.length;) {
    const stage = planStage(layout, level, pixels);
    stages.push(stage);
    level += stage.levels;
  }
  return stages;
}

/** Indices of the regions of a stage whose reduced blocks a region of the next stage is made of. */
export function pieceInputs(stage: PieceStage, region: PieceRegion): number[] {
  const inputs: number[] = [];
  for (const [index, input] of stage.regions.entries()) {
    const { x, y, width, height } = coarser(input, stage.levels);
    const across = x < region.x + region.width && region.x < x + width;
    if (across && y < region.y + region.height && region.y < y + height) inputs.push(index);
  }
  return inputs;
}

function planStage(layout: CogLayout, level: number, pixels: number): PieceStage {
  const { width, height } = layout.levels[level]!;
  const remaining = layout.levels.length - level;
  const cell = planCell(layout, level, pixels);
  const levels = cell.width === width && cell.height === height ? remaining : Math.min(cell.levels, remaining);
  const regions: PieceRegion[] = [];
  for (let y = 0; y < height; y += cell.height) {
    for (let x = 0; x < width; x += cell.width) {
      const right = Math.min(width, x + cell.width);
      const bottom = Math.min(height, y + cell.height);
      regions.push({ level, levels, x, y, width: right - x, height: bottom - y });
    }
  }
  return { level, levels, regions };
}

/** Size of the regions of a level, and how many levels they finish. */
function planCell(layout: CogLayout, level: number, pixels: number) {
  const { tile } = layout;
  const { width, height } = layout.levels[level]!;
  if (width * height <= pixels) return { width, height, levels: Infinity };
  const tallest = pixels / width / tile;
  if (tallest >= 1) {
    const levels = 1 + Math.floor(Math.log2(tallest));
    return { width, height: Math.min(height, tile * 2 ** (levels - 1)), levels };
  }
  // Two rows of tiles instead of one leave a quarter of the samples to the next stage.
  const levels = pixels >= 4 * tile * Math.max(2 * tile, DIGEST_WIDTH) ? 2 : 1;
  const rows = tile * levels;
  const unit = leastCommonMultiple(rows, level === 0 ? DIGEST_WIDTH : 1);
  return { width: Math.min(width, unit * Math.max(1, Math.floor(pixels / rows / unit))), height: rows, levels };
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
