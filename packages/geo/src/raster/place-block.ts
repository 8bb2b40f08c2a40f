import type { TileAreas } from '../tiles/workbench.ts';
import type { Samples } from './sample-type.ts';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Decoded samples, row-major and interleaved. */
export interface DecodedTile {
  readonly samples: Samples;
  /** Where the samples are, if on the workbench: in the first of these. */
  readonly areas?: TileAreas;
}

/** Decoded samples, `width * height * stride` of them, and where they lie in the raster; none: the block is not stored. */
export interface PlacedBlock extends Rectangle, Partial<DecodedTile> {
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
  const { samples, stride, areas } = block;
  const fromX = Math.max(x, block.x);
  const toX = Math.min(x + width, block.x + block.width);
  const toY = Math.min(y + height, block.y + block.height);
  const fromY = Math.max(y, block.y);
  if (areas !== undefined && stride > 1 && samples !== undefined) {
    const part = { x: fromX, y: fromY, width: toX - fromX, height: toY - fromY };
    pick({ x, y, width }, { ...block, samples, areas }, part, sample, target);
    return;
  }
  for (let line = fromY; line < toY; line += 1) {
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

/** As above, of the part that block and rectangle have in common, by vectors. */
function pick(
  rectangle: Pick<Rectangle, 'x' | 'y' | 'width'>,
  { samples, stride, areas, ...block }: PlacedBlock & Required<DecodedTile>,
  part: Rectangle,
  sample: number,
  target: Samples,
): void {
  if (part.width <= 0 || part.height <= 0) return;
  const { kernels, buffer, first, second } = areas;
  const size = samples.BYTES_PER_ELEMENT;
  const from = first + (((part.y - block.y) * block.width + part.x - block.x) * stride + sample) * size;
  kernels.pickBand(from, block.width * stride * size, second, part.height, part.width, size, stride);
  const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
  const rowBytes = part.width * size;
  // Rows that lie one behind the other there as well are one.
  const [rows, length] = part.width === rectangle.width ? [1, rowBytes * part.height] : [part.height, rowBytes];
  let to = ((part.y - rectangle.y) * rectangle.width + part.x - rectangle.x) * size;
  for (let row = 0, at = second; row < rows; row += 1, at += length, to += rectangle.width * size)
    bytes.set(new Uint8Array(buffer, at, length), to);
}
