import type { Samples } from './sample-type.ts';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Decoded samples and where they lie in the raster. */
export interface PlacedBlock extends Rectangle {
  /** `width * height * stride` samples, row-major and interleaved; `undefined` for a block that is not stored. */
  readonly samples: Samples | undefined;
  readonly stride: number;
}

/**
 * Copies what a block and a rectangle have in common, of one of its samples, to the rectangle's samples; fills it where
 * the block is not stored.
 */
export function placeBlock(
  { x, y, width, height }: Rectangle,
  block: PlacedBlock,
  sample: number,
  fill: number,
  target: Samples,
): void {
  const { samples, stride } = block;
  const fromX = Math.max(x, block.x);
  const toX = Math.min(x + width, block.x + block.width);
  const toY = Math.min(y + height, block.y + block.height);
  for (let line = Math.max(y, block.y); line < toY; line += 1) {
    const to = (line - y) * width + fromX - x;
    const end = to + toX - fromX;
    if (samples === undefined) {
      target.fill(fill, to, end);
      continue;
    }
    const from = ((line - block.y) * block.width + fromX - block.x) * stride + sample;
    if (stride === 1) target.set(samples.subarray(from, from + end - to), to);
    else for (let i = to, at = from; i < end; i += 1, at += stride) target[i] = samples[at]!;
  }
}
