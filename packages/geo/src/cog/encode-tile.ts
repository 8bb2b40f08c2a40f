import { AppError } from '@tessera/runtime/app-error';
import type { RasterBlock } from '../raster/raster-block.ts';
import { SAMPLE_TYPES, type Samples } from '../raster/sample-type.ts';
import { viewSamples } from '../tiff/decode/view-samples.ts';
import { workbench } from '../tiles/workbench.ts';
import { applyPredictor } from './apply-predictor.ts';
import type { CogLayout } from './cog-layout.ts';
import { compress } from './compress.ts';
import { cutTile } from './cut-tile.ts';
import { splitJpeg } from './split-jpeg.ts';

/** Pixels of a tile for an encoder of JPEG files. */
export interface JpegPixels {
  /** Interleaved, row-major. */
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly quality: number;
}

/** Encodes pixels as a baseline JPEG file, colours 4:2:0, with tables that depend on channels and quality alone. */
export type EncodeJpeg = (pixels: JpegPixels) => Promise<Uint8Array>;

export interface EncodedTile {
  readonly bytes: Uint8Array;
  /** The tables that a JPEG tile needs to be decoded. */
  readonly jpegTables?: Uint8Array;
}

/** Encodes the tile at a column and row of a level, one plane of it, from a block that holds all its pixels. */
export async function encodeTile(
  layout: CogLayout,
  block: RasterBlock,
  place: { readonly column: number; readonly row: number; readonly plane: number },
  encodeJpeg?: EncodeJpeg,
): Promise<EncodedTile> {
  const { tile } = layout;
  const bands = layout.planes === 1 ? Array.from({ length: layout.bands }, (_, band) => band) : [place.plane];
  const samples = cutTile(
    block,
    bands,
    place.column * tile,
    place.row * tile,
    tile,
    benchSamples(layout, bands.length),
  );
  if (layout.compression !== 'jpeg') {
    return { bytes: compress(layout, applyPredictor(layout.predictor, samples, tile, bands.length)) };
  }
  if (encodeJpeg === undefined || !(samples instanceof Uint8Array)) {
    throw new AppError('INTERNAL', { message: 'JPEG tiles need an encoder and bytes.' });
  }
  const channels = bands.length === 3 ? 3 : 1;
  const { tables, stream } = splitJpeg(
    await encodeJpeg({ data: samples, width: tile, height: tile, channels, quality: layout.level }),
  );
  return { bytes: stream, jpegTables: tables };
}

/** Room on the bench for the samples of a tile whose compression makes new bytes of them. */
function benchSamples({ compression, type, tile }: CogLayout, bands: number): Samples | undefined {
  if (compression === 'none' || compression === 'jpeg') return undefined;
  const bytes = tile * tile * bands * SAMPLE_TYPES[type].bytes;
  const areas = workbench()?.areas(bytes, bands);
  return areas && viewSamples(new Uint8Array(areas.buffer, areas.first, bytes), type);
}
