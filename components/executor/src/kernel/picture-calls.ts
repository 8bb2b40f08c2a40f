import { stripFormat, type EncodedStrip } from '@tessera/codec';
import { mergeRange, observeRegion, paintRegion, picturePlace, productLayout, type RangeState } from '@tessera/geo';
import { AppError } from '@tessera/runtime/app-error';
import { openerOf } from '../rasters/opener.ts';
import { pictureOutput } from '../rasters/picture-output.ts';
import { askForSources } from '../rasters/source-port.ts';
import type { RasterMergeCall, RasterObserveCall, RasterPaintCall } from './picture-call.ts';

/** Looks at a region of the finished raster. */
export async function rasterObserve({ plan, index, cog, port, state }: RasterObserveCall): Promise<Uint8Array> {
  try {
    const { work, pieces } = productLayout(plan);
    const region = pieces[0]?.regions[index];
    if (region === undefined) throw new AppError('BAD_REQUEST', { details: { reason: 'no such window', index } });
    const { x, y, width, height } = region;
    const file = await openerOf([cog], askForSources(port))(0);
    return await observeRegion(work, file, { x, y, width, height }, state);
  } finally {
    port.close();
  }
}

/** Brings the search for the range forward. */
export function rasterMerge({ plan, partials, state }: RasterMergeCall): RangeState {
  const { work } = productLayout(plan);
  if (work.picture?.kind !== 'band') throw new AppError('BAD_REQUEST', { details: { reason: 'no range is sought' } });
  return mergeRange(partials, work.target.type, work.picture.stretch, state);
}

/** Paints a band of rows, and encodes it as a strip of a PNG. */
export async function rasterPaint({ plan, index, cog, port, range }: RasterPaintCall): Promise<EncodedStrip> {
  try {
    const { work } = productLayout(plan);
    const { bands, rows, channels } = picturePlace(work, plan.picture);
    const region = bands[index];
    if (region === undefined) throw new AppError('BAD_REQUEST', { details: { reason: 'no such band', index } });
    const file = await openerOf([cog], askForSources(port))(0);
    const data = await paintRegion(work, file, region, range);
    const raster = { width: region.width, height: region.height, channels, data };
    const place = { region, index, count: bands.length, grid: { width: region.width, height: rows } };
    return await stripFormat('png').encode(raster, place, pictureOutput(plan.picture, channels));
  } finally {
    port.close();
  }
}
