import type { TiffImage } from '../tiff-image.ts';

/** What a block is made of once it is decompressed. */
export interface BlockShape {
  readonly width: number;
  /** Rows that the block has in this place: the last strip may be shorter. */
  readonly rows: number;
  /** Samples that lie side by side: those of a pixel, or 1 where they are apart. */
  readonly stride: number;
  /** Bytes of one row as stored. */
  readonly rowBytes: number;
}

/** The shape of the blocks of a row of them. */
export function blockShape(image: TiffImage, row: number): BlockShape {
  const { block, bits, samples, planar, tiled, height } = image;
  const stride = planar ? 1 : samples;
  const rows = tiled ? block.height : Math.min(block.height, height - row * block.height);
  return { width: block.width, rows, stride, rowBytes: Math.ceil((block.width * stride * bits) / 8) };
}
