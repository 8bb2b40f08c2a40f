import { sharp } from './sharp.ts';

/** Pixels of a tile. */
export interface TilePixels {
  /** Interleaved, row-major. */
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** 1–100. */
  readonly quality: number;
}

/** A baseline JPEG file, colours 4:2:0, with the standard tables: the same for all tiles of a quality. */
export async function encodeJpegTile({ data, width, height, channels, quality }: TilePixels): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .jpeg({ quality, chromaSubsampling: '4:2:0', optimiseCoding: false })
    .toBuffer();
}
