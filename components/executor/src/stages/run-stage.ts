import { buffer } from 'node:stream/consumers';
import { exifOfResult } from '@tessera/codec';
import { cellsOf, sourceSizeOf, type BasicStage, type Output, type Pass } from '@tessera/contracts';
import { gridCount, outputFor, trimmed, type Cell } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import type { Receipt } from '../receipt.ts';
import { dataKey } from '../work-area.ts';
import { assemble } from './assemble.ts';
import { withPixels } from './pixel-source.ts';
import type { StageContext } from './stage-context.ts';
import { makeRegionTiles } from './tiles.ts';
import { verify } from './verify.ts';

type RegionalStage = StageOf<'observe' | 'materialize' | 'render' | 'tile'>;
type StageOf<Kind extends BasicStage['kind']> = Extract<BasicStage, { kind: Kind }>;

/** Does the work of one task of a stage and gives its receipt; whatever it writes is the same at every repetition. */
export function runStage(context: StageContext, stage: number, index: number): Promise<Receipt> {
  const work = context.stages[stage];
  if (work === undefined) throw new AppError('BAD_REQUEST', { details: { reason: 'no such stage', stage } });
  switch (work.kind) {
    case 'observe':
      return observe(context, work, stage, index);
    case 'merge':
      return merge(context, work, stage);
    case 'materialize':
      return materialize(context, work, stage, index);
    case 'render':
      return render(context, work, stage, index);
    case 'tile':
      return tile(context, work, stage, index);
    case 'assemble':
      return assemble(context, work);
    case 'verify':
      return verify(context, work, runStage);
  }
}

/** The region that a task makes, in the size that its pass makes of its source. */
const cellOf = ({ plan, stages }: StageContext, work: RegionalStage, index: number): Cell => ({
  index,
  ...cellsOf(plan, work),
  from: sourceSizeOf(plan, stages, work.pass),
});

async function store(context: StageContext, stage: number, index: number, bytes: Uint8Array): Promise<Receipt> {
  await context.area.store.put(dataKey(context.area, stage, index), bytes, { signal: context.signal });
  return { kind: 'data' };
}

async function fetch(context: StageContext, stage: number, index: number): Promise<Uint8Array> {
  return buffer(await context.area.store.get(dataKey(context.area, stage, index), { signal: context.signal }));
}

/** The state that a pass's global operation needs. */
async function stateOf(context: StageContext, pass: Pass): Promise<Uint8Array | undefined> {
  return pass.global && fetch(context, pass.global.mergeStage, 0);
}

/** The state of the round before. */
async function stateBefore(context: StageContext, { mergeBefore }: StageOf<'observe' | 'merge'>) {
  return mergeBefore === undefined ? undefined : fetch(context, mergeBefore, 0);
}

async function observe(
  context: StageContext,
  work: StageOf<'observe'>,
  stage: number,
  index: number,
): Promise<Receipt> {
  const cell = cellOf(context, work, index);
  const { pass, step } = work;
  const before = await stateBefore(context, work);
  const partial = await withPixels(context, pass, cell, step, (source, others) =>
    context.tools.kernel('observe', { source, others, pass, cell, step, before }, context.signal),
  );
  return store(context, stage, index, partial);
}

async function merge(context: StageContext, work: StageOf<'merge'>, stage: number): Promise<Receipt> {
  const { grid, picture } = cellsOf(context.plan, work);
  const count = gridCount(grid, picture);
  const { step, observeStage, lastMerge = stage } = work;
  const [before, ...partials] = await Promise.all([
    stateBefore(context, work),
    ...Array.from({ length: count }, (_, index) => fetch(context, observeStage, index)),
  ]);
  const call = { step, partials, grid, picture, before };
  const { state, settled } = await context.tools.kernel('merge', call, context.signal);
  const receipt = await store(context, stage, 0, state);
  if (!settled || lastMerge === stage) return receipt;
  // Whoever applies the state looks for that of the last round.
  await store(context, lastMerge, 0, state);
  return { kind: 'data', settled: true };
}

async function materialize(
  context: StageContext,
  work: StageOf<'materialize'>,
  stage: number,
  index: number,
): Promise<Receipt> {
  const cell = cellOf(context, work, index);
  const { pass } = work;
  const state = await stateOf(context, pass);
  const pixels = await withPixels(context, pass, cell, undefined, (source, others) =>
    context.tools.kernel('materialize', { source, others, pass, cell, state }, context.signal),
  );
  return store(context, stage, index, pixels);
}

async function tile(context: StageContext, work: StageOf<'tile'>, stage: number, index: number): Promise<Receipt> {
  const cell = cellOf(context, work, index);
  const state = await stateOf(context, work.pass);
  return makeRegionTiles(context, work, { cell, state }, [stage, index]);
}

async function render(context: StageContext, work: StageOf<'render'>, stage: number, index: number): Promise<Receipt> {
  const state = await stateOf(context, work.pass);
  const { pass, cell } = trimmed(work.pass, cellOf(context, work, index), state);
  const { grid, picture } = cell;
  // Nothing is left of a region that was cut off.
  if (index >= gridCount(grid, picture)) return store(context, stage, index, new Uint8Array());
  const isPlanned = work.file === undefined && pass === work.pass;
  const output = isPlanned ? context.plan.output : outputFor(context.plan.output, picture);
  const count = gridCount(grid, output);
  const { strip, digests } = await withPixels(context, pass, cell, undefined, (source, others) =>
    context.tools.kernel('render', { source, others, pass, cell, state, output, count }, context.signal),
  );
  await store(context, stage, index, strip.bytes);
  const exif = index === 0 && output.metadata === 'keep' ? await exifOf(context, output) : undefined;
  const receipt = { kind: 'strip', strip: strip.facts, digests: Buffer.from(digests).toString('base64') } as const;
  return exif === undefined ? receipt : { ...receipt, exif: Buffer.from(exif).toString('base64') };
}

/** The source's EXIF block, true of the result; the first strip's task reads it for whoever assembles. */
async function exifOf({ tools, image, plan, signal }: StageContext, output: Output): Promise<Uint8Array | undefined> {
  const lease = await tools.images.acquire(image, plan.picture, { top: 0, bottom: 1 }, signal);
  lease.release();
  const { exif } = lease.raster;
  return exif && exifOfResult(exif, output);
}
