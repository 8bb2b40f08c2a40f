import { encodeJpegTile } from '@tessera/codec';
import {
  computeWindow,
  encodePiece,
  encodeTiledRegion,
  joinReduced,
  planTiledCopy,
  productLayout,
  rasterBlockDigests,
  reducedBlock,
  reducedBytes,
  type CogPiece,
} from '@tessera/geo';
import { AppError } from '@tessera/runtime/app-error';
import { openerOf } from '../rasters/opener.ts';
import { askForSources } from '../rasters/source-port.ts';
import type { RasterOverviewCall, RasterPieceAnswer, RasterTilesCall, RasterWindowCall } from './raster-call.ts';

/** Computes a window of a product and encodes its tiles. */
export async function rasterWindow(call: RasterWindowCall): Promise<RasterPieceAnswer> {
  const { plan, index, set, port } = call;
  try {
    const { work, cog, pieces } = productLayout(plan);
    const region = pieces[0]?.regions[index];
    if (region === undefined) throw new AppError('BAD_REQUEST', { details: { reason: 'no such window', index } });
    const wish = { work, product: plan.picture, region, set };
    const { block, report } = await computeWindow(wish, openerOf(set.sources, askForSources(port)));
    const piece = await encodePiece(cog, region, block, encodeJpegTile);
    return { ...answerOf(piece, rasterBlockDigests(block)), report };
  } finally {
    port.close();
  }
}

/** Encodes a region of the tiled copy of a raster. */
export async function rasterTiles({ source, index, port }: RasterTilesCall): Promise<RasterPieceAnswer> {
  try {
    const raster = await openerOf([source], askForSources(port))(0);
    const { layout, regions } = planTiledCopy(raster.facts);
    const region = regions[index];
    if (region === undefined) throw new AppError('BAD_REQUEST', { details: { reason: 'no such region', index } });
    return answerOf(await encodeTiledRegion(raster, layout, region), new Uint8Array());
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
