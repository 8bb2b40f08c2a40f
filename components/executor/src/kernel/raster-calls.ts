import { encodeJpegTile } from '@tessera/codec';
import type { RasterSource } from '@tessera/contracts';
import {
  computeWindow,
  encodePiece,
  joinReduced,
  openRaster,
  productLayout,
  rasterBlockDigests,
  reducedBlock,
  reducedBytes,
  type CogPiece,
  type OpenSource,
  type RasterFile,
} from '@tessera/geo';
import { AppError } from '@tessera/runtime/app-error';
import { askForSources, type SourceAccess } from '../rasters/source-port.ts';
import type { RasterOverviewCall, RasterPieceAnswer, RasterWindowCall } from './raster-call.ts';

/** Computes a window of a product and encodes its tiles. */
export async function rasterWindow(call: RasterWindowCall): Promise<RasterPieceAnswer> {
  const { plan, index, sources, port } = call;
  try {
    const { work, cog, pieces } = productLayout(plan);
    const region = pieces[0]?.regions[index];
    if (region === undefined) throw new AppError('BAD_REQUEST', { details: { reason: 'no such window', index } });
    const block = await computeWindow(work, region, opener(sources, askForSources(port)));
    const piece = await encodePiece(cog, region, block, encodeJpegTile);
    return answerOf(piece, rasterBlockDigests(block));
  } finally {
    port.close();
  }
}

/** Encodes a region of an overview out of what the windows, or finer overviews, left of it. */
export async function rasterOverview(call: RasterOverviewCall): Promise<RasterPieceAnswer> {
  const { plan, stage, index, reduced } = call;
  const { cog, pieces } = productLayout(plan);
  const region = pieces[stage]?.regions[index];
  const before = pieces[stage - 1];
  if (region === undefined || before === undefined) {
    throw new AppError('BAD_REQUEST', { details: { reason: 'no such overview', stage, index } });
  }
  const blocks = [...reduced].map(([input, bytes]) => {
    const place = before.regions[input];
    if (place === undefined) throw new AppError('INTERNAL', { details: { reason: 'no such region', input } });
    return reducedBlock(cog, place, bytes);
  });
  return answerOf(await encodePiece(cog, region, joinReduced(cog, region, blocks), encodeJpegTile), new Uint8Array());
}

function answerOf({ bytes, sizes, jpegTables, reduced }: CogPiece, digests: Uint8Array): RasterPieceAnswer {
  return {
    bytes,
    facts: jpegTables === undefined ? { sizes } : { sizes, jpegTables },
    reduced: reduced && reducedBytes(reduced),
    digests,
  };
}

/** Opens each source once for the length of a call. */
function opener(sources: readonly RasterSource[], { read, decodePicture }: SourceAccess): OpenSource {
  const opened = new Map<number, Promise<RasterFile>>();
  return (source) => {
    const known = opened.get(source);
    if (known) return known;
    const place = sources[source];
    if (place === undefined) throw new AppError('INTERNAL', { details: { reason: 'no such source', source } });
    const { name, at } = place;
    const range = {
      url: name,
      bytes: at.bytes,
      read: (start: number, length: number) => read(source, start, length),
    };
    const file = openRaster(range, { decodePicture });
    opened.set(source, file);
    return file;
  };
}
