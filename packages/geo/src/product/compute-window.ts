import type { RasterCompute, RasterWork, Region } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { computeIndex, type IndexBand } from '../algebra/compute-index.ts';
import { indexExpression } from '../algebra/index-expression.ts';
import type { RasterBlock } from '../raster/raster-block.ts';
import type { RasterFile } from '../raster/raster-file.ts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import { compositeWindow } from './composite-window.ts';

/** Opens a source of the set; the same file every time it is asked for. */
export type OpenSource = (source: number) => Promise<RasterFile>;

/**
 * Reads what a window of a product is made of, and computes it.
 *
 * @param region of the product, in its pixels.
 * @returns all bands of the product over the region.
 * @throws AppError RASTER_MISMATCH, and what opening and reading throw.
 */
export async function computeWindow(
  work: RasterWork,
  region: Region,
  open: OpenSource,
  signal?: AbortSignal,
): Promise<RasterBlock> {
  const { compute, target } = work;
  const { x, y } = target.origin;
  const place = { x: region.x + x, y: region.y + y, width: region.width, height: region.height };
  const computed =
    compute.kind === 'index'
      ? await indexWindow(compute, work, place, open, signal)
      : await compositeWindow(compute, work, place, open, signal);
  if (computed.type !== target.type || computed.bands.length !== target.bands.length) {
    throw new AppError('INTERNAL', {
      details: { reason: 'another kind of product than planned', type: computed.type },
    });
  }
  return { ...computed, x: region.x, y: region.y };
}

async function indexWindow(
  { index, inputs }: Extract<RasterCompute, { kind: 'index' }>,
  { target }: RasterWork,
  place: Region,
  open: OpenSource,
  signal: AbortSignal | undefined,
): Promise<RasterBlock> {
  const names = Object.keys(inputs);
  const blocks = await Promise.all(
    Object.values(inputs).map(async ({ source, band }) =>
      (await open(source)).readWindow({ ...place, bands: [band] }, signal),
    ),
  );
  const block: RasterBlock = {
    ...place,
    type: blocks[0]?.type ?? 'float32',
    bands: blocks.map(({ bands: [samples] }) => samples ?? SAMPLE_TYPES.uint8.samples(0)),
    valid: blocks.map(({ valid: [mask] }) => mask),
  };
  const bands = Object.fromEntries(
    Object.entries(inputs).map(([name, { scaling }], band): [string, IndexBand] => [name, { band, scaling }]),
  );
  const expression = indexExpression(index, names);
  return computeIndex(block, { expression, bands, ...(target.nodata === null ? {} : { nodata: target.nodata }) });
}
