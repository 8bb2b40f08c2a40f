import { buffer } from 'node:stream/consumers';
import type { RasterStage } from '@tessera/contracts';
import { pieceInputs, productLayout } from '@tessera/geo';
import { AppError } from '@tessera/runtime';
import { rasterPlan, type RasterPieceAnswer } from '../../kernel/raster-call.ts';
import { withSources } from '../../rasters/with-sources.ts';
import type { Receipt } from '../../receipt.ts';
import { dataKey, reducedKey } from '../../work-area.ts';
import type { StageContext } from '../stage-context.ts';
import { joinCog } from './join-cog.ts';
import { joinPicture } from './join-picture.ts';
import { mergeStretch, observe, paintStrip } from './paint-picture.ts';

/** What a raster stage needs: its plan has no stages but these. */
export type RasterContext = Omit<StageContext, 'stages'>;

/** Does the work of one task of a raster stage; whatever it writes is the same at every repetition. */
export function runRasterStage(
  context: RasterContext,
  { kind }: RasterStage,
  stage: number,
  index: number,
): Promise<Receipt> {
  switch (kind) {
    case 'window':
      return window(context, stage, index);
    case 'overview':
      return overview(context, stage, index);
    case 'cog':
      return joinCog(context);
    case 'range':
      return observe(context, stage, index);
    case 'stretch':
      return mergeStretch(context, stage, index);
    case 'paint':
      return paintStrip(context, stage, index);
    case 'picture':
      return joinPicture(context, stage);
  }
}

async function window(context: RasterContext, stage: number, index: number): Promise<Receipt> {
  const { tools, image, plan, area, signal } = context;
  const set = await tools.sets.read(image);
  const sources = await Promise.all(set.sources.map((source) => tools.copies.best(source, area.prefix, signal)));
  const { scenes } = set;
  const answer = await withSources(tools, sources, signal, (port) =>
    tools.kernel('rasterWindow', { plan: rasterPlan(plan), index, set: { sources, scenes }, port }, signal),
  );
  return store(context, stage, index, answer);
}

async function overview(context: RasterContext, stage: number, index: number): Promise<Receipt> {
  const { area, plan, signal, tools } = context;
  const { pieces } = productLayout(plan);
  const [before, region] = [pieces[stage - 1], pieces[stage]?.regions[index]];
  if (before === undefined || region === undefined) {
    throw new AppError('BAD_REQUEST', { details: { reason: 'no such overview', stage, index } });
  }
  const reduced = new Map<number, Uint8Array>();
  for (const input of pieceInputs(before, region)) {
    reduced.set(input, await buffer(await area.store.get(reducedKey(area, stage - 1, input), { signal })));
  }
  const call = { plan: rasterPlan(plan), stage, index, reduced };
  return store(context, stage, index, await tools.kernel('rasterOverview', call, signal));
}

/** The encoded tiles and, where a stage follows that needs it, the smaller copy. */
async function store(
  { area, signal }: RasterContext,
  stage: number,
  index: number,
  { bytes, facts, reduced, digests, report }: RasterPieceAnswer,
): Promise<Receipt> {
  await Promise.all([
    area.store.put(dataKey(area, stage, index), bytes, { signal }),
    reduced && area.store.put(reducedKey(area, stage, index), reduced, { signal }),
  ]);
  const { sizes, jpegTables } = facts;
  return {
    kind: 'piece',
    sizes: [...sizes],
    ...(jpegTables === undefined ? {} : { jpegTables: Buffer.from(jpegTables).toString('base64') }),
    digests: Buffer.from(digests).toString('base64'),
    ...(report === undefined ? {} : { report }),
  };
}
