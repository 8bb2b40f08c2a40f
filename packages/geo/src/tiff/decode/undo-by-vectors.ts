import type { TileAreas, Workbench } from '../../tiles/workbench.ts';
import type { TiffImage } from '../tiff-image.ts';
import type { BlockShape } from './block-shape.ts';

/**
 * Copies rows of a block to the workbench and undoes their predictor there.
 *
 * @returns areas of which the first holds the samples; `undefined` for what vectors are not made for, or not worth it.
 */
export function undoByVectors(
  { predictor, bits }: Pick<TiffImage, 'predictor' | 'bits'>,
  { stride, rowBytes }: Pick<BlockShape, 'stride' | 'rowBytes'>,
  bytes: Uint8Array,
  workbench: Workbench,
): TileAreas | undefined {
  if (bits === 1 || (bits === 64 && predictor !== 1) || (predictor === 1 && stride === 1)) return undefined;
  const areas = workbench.areas(bytes.length, stride);
  if (areas === undefined) return undefined;
  const { kernels, buffer, first, second } = areas;
  // Inflated bytes are there already, unless rows above them were left out.
  if (bytes.buffer !== buffer || bytes.byteOffset !== first) new Uint8Array(buffer, first, bytes.length).set(bytes);
  const rows = bytes.length / rowBytes;
  if (predictor === 2) {
    const undo = { 8: kernels.undoDifferences8, 16: kernels.undoDifferences16, 32: kernels.undoDifferences32 }[
      bits as 8 | 16 | 32
    ];
    undo(first, rows, rowBytes, (stride * bits) / 8);
  }
  if (predictor !== 3) return areas;
  // The numbers' bytes are in planes, and the bands' numbers side by side in each.
  kernels.undoDifferences8(first, rows, rowBytes, stride);
  kernels.joinFloatBytes(first, second, rows, rowBytes / 4);
  return { ...areas, first: second, second: first };
}
