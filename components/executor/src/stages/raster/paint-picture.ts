import { buffer } from 'node:stream/consumers';
import type { RasterSource, ResultFacts } from '@tessera/contracts';
import { startRange, type RangeState } from '@tessera/geo';
import { AppError } from '@tessera/runtime';
import { rasterPlan } from '../../kernel/raster-call.ts';
import { withSources } from '../../rasters/with-sources.ts';
import { readReceipt, type Receipt } from '../../receipt.ts';
import { dataKey } from '../../work-area.ts';
import type { RasterContext } from './run-raster-stage.ts';

/** Partials that are read at one time. */
const PARALLEL_READS = 16;

/** Looks at a region of the finished raster, and keeps what the search for the range needs of it. */
export async function observe(context: RasterContext, stage: number, index: number): Promise<Receipt> {
  const { tools, area, plan, signal } = context;
  const [cog, state] = await Promise.all([finishedRaster(context), stateBefore(context, stage)]);
  const partial = await withSources(tools, [cog], signal, (port) =>
    tools.kernel('rasterObserve', { plan: rasterPlan(plan), index, cog, port, state }, signal),
  );
  await area.store.put(dataKey(area, stage, index), partial, { signal });
  return { kind: 'data' };
}

/** Brings the search for the range forward by one pass. */
export async function mergeStretch(context: RasterContext, stage: number, index: number): Promise<Receipt> {
  const { tools, area, plan, signal } = context;
  const count = plan.stages[stage - 1]?.tasks ?? 0;
  const partials: Uint8Array[] = [];
  for (let first = 0; first < count; first += PARALLEL_READS) {
    const some = Array.from({ length: Math.min(PARALLEL_READS, count - first) }, async (_, offset) =>
      buffer(await area.store.get(dataKey(area, stage - 1, first + offset), { signal })),
    );
    partials.push(...(await Promise.all(some)));
  }
  const before = await stateBefore(context, stage - 1);
  const state = await tools.kernel('rasterMerge', { plan: rasterPlan(plan), partials, state: before }, signal);
  await area.store.put(dataKey(area, stage, index), new TextEncoder().encode(JSON.stringify(state)), { signal });
  return { kind: 'data' };
}

/** Paints a band of rows of the finished raster and keeps it as a strip of the picture. */
export async function paintStrip(context: RasterContext, stage: number, index: number): Promise<Receipt> {
  const { tools, area, plan, signal } = context;
  const [cog, range] = await Promise.all([finishedRaster(context), rangeOf(context, stage)]);
  const { bytes, facts } = await withSources(tools, [cog], signal, (port) =>
    tools.kernel('rasterPaint', { plan: rasterPlan(plan), index, cog, port, range }, signal),
  );
  await area.store.put(dataKey(area, stage, index), bytes, { signal });
  // Digests are told of the raster's samples, which the picture is made of.
  return { kind: 'strip', strip: facts, digests: '' };
}

/**
 * The values that are the ends of the picture's colours; null where nothing was measured, or none are needed.
 *
 * @param paint Number of the stage that paints.
 */
export async function rangeOf(context: RasterContext, paint: number) {
  if (context.plan.raster?.picture?.kind !== 'band') return null;
  const state = await stateBefore(context, paint);
  if (state.kind === 'open') throw new AppError('INTERNAL', { details: { reason: 'the range is not known yet' } });
  return state.range;
}

/** The facts of the raster that an earlier stage finished. */
export async function finishedResult({ area, plan, signal }: RasterContext): Promise<ResultFacts> {
  const receipt = await readReceipt(
    area,
    plan.stages.findIndex(({ kind }) => kind === 'cog'),
    0,
    signal,
  );
  if (receipt.kind !== 'result') throw new AppError('INTERNAL', { details: { reason: 'not a result receipt' } });
  return receipt.result;
}

async function finishedRaster(context: RasterContext): Promise<RasterSource> {
  const { key, bytes } = await finishedResult(context);
  return { name: 'product', at: { key, bytes } };
}

/** How far the search for the range is when a stage begins. */
async function stateBefore({ area, plan, signal }: RasterContext, stage: number): Promise<RangeState> {
  const picture = plan.raster?.picture;
  if (picture?.kind !== 'band') throw new AppError('BAD_REQUEST', { details: { reason: 'no range is sought' } });
  if (plan.stages[stage - 1]?.kind !== 'stretch') return startRange(picture.stretch);
  const text = await buffer(await area.store.get(dataKey(area, stage - 1, 0), { signal }));
  return JSON.parse(text.toString('utf8')) as RangeState;
}
