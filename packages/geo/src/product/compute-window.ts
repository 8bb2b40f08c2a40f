import type { RasterCompute, RasterWork, Region, SourceSet } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { computeIndex, type IndexBand } from '../algebra/compute-index.ts';
import { indexExpression } from '../algebra/index-expression.ts';
import type { RasterBlock } from '../raster/raster-block.ts';
import type { RasterFile } from '../raster/raster-file.ts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import type { RasterGrid } from '../warp/raster-grid.ts';
import { compositeWindow } from './composite-window.ts';
import { mosaicWindow } from './mosaic-window.ts';
import type { ComputedWindow } from './window-report.ts';

/** Opens a source of the set; the same file every time it is asked for. */
export type OpenSource = (source: number) => Promise<RasterFile>;

/** What a window is computed by. */
export interface WindowWish {
  readonly work: RasterWork;
  /** Size of all of the product. */
  readonly product: Pick<RasterGrid, 'width' | 'height'>;
  /** Of the product, in its pixels. */
  readonly region: Region;
  readonly set: Pick<SourceSet, 'sources' | 'scenes'>;
}

/**
 * Reads what a window of a product is made of, and computes it.
 *
 * @returns all bands of the product over the region, and who gave them.
 * @throws AppError RASTER_MISMATCH, and what opening and reading throw.
 */
export async function computeWindow(wish: WindowWish, open: OpenSource, signal?: AbortSignal): Promise<ComputedWindow> {
  const { region, work } = wish;
  const computed = await compute(wish, open, signal);
  const { type, bands } = computed.block;
  if (type !== work.target.type || bands.length !== work.target.bands.length) {
    throw new AppError('INTERNAL', { details: { reason: 'another kind of product than planned', type } });
  }
  return { ...computed, block: { ...computed.block, x: region.x, y: region.y } };
}

async function compute(
  { work, product, region, set }: WindowWish,
  open: OpenSource,
  signal: AbortSignal | undefined,
): Promise<ComputedWindow> {
  const { compute: how, target, sources } = work;
  const { x, y } = target.origin;
  const place = { x: region.x + x, y: region.y + y, width: region.width, height: region.height };
  switch (how.kind) {
    case 'index': {
      const block = await indexWindow(how, work, place, open, signal);
      return { block, report: { scenes: Array.from({ length: sources }, (_, n) => n), missing: [] } };
    }
    case 'composite':
      return compositeWindow(how, work, place, open, signal);
    case 'mosaic':
      return mosaicWindow(how, work, product, region, { sources: set.sources, scenes: set.scenes ?? [] }, open, signal);
  }
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
