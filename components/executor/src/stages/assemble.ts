import { buffer } from 'node:stream/consumers';
import { OUTPUT_EXTENSIONS } from '@tessera/codec';
import { cellsOf, type BasicStage, type ResultFacts } from '@tessera/contracts';
import { isTrim, outputFor, trimmed } from '@tessera/imaging';
import type { Receipt } from '../receipt.ts';
import { dataKey, resultKey } from '../work-area.ts';
import { joinFile } from './join-file.ts';
import { makeReports } from './make-reports.ts';
import { joinThumbnails } from './thumbnails.ts';
import { finishTiles } from './tiles.ts';
import type { StageContext } from './stage-context.ts';

type AssembleStage = Extract<BasicStage, { kind: 'assemble' }>;

/** Joins the strips of the render stage into the finished file: nothing is decoded or encoded, memory stays flat. */
export async function assemble(context: StageContext, work: AssembleStage): Promise<Receipt> {
  const result = await finish(context, work);
  const reports = await makeReports(context);
  return { kind: 'result', result: { ...result, ...(reports.length === 0 ? {} : { reports }) } };
}

async function finish(context: StageContext, { renderStage }: AssembleStage): Promise<ResultFacts> {
  const { output, grid } = context.plan;
  if (output.tiles) return finishTiles(context);
  if (output.thumbnails) return joinThumbnails(context);
  const key = resultKey(context, OUTPUT_EXTENSIONS[output.format]);
  const kept = await trimmedCell(context, renderStage);
  return joinFile(
    context,
    renderStage,
    kept ? { key, output: outputFor(output, kept.picture), grid: kept.grid } : { key, output, grid },
  );
}

/** What is left of a picture whose border was cut off, and how it is cut; undefined: nothing was to be cut off. */
async function trimmedCell({ plan, stages, area, signal }: StageContext, renderStage: number) {
  const work = stages[renderStage];
  if (work?.kind !== 'render' || !work.pass.global || !isTrim(work.pass.global.step)) return undefined;
  const state = await buffer(await area.store.get(dataKey(area, work.pass.global.mergeStage, 0), { signal }));
  return trimmed(work.pass, cellsOf(plan, work), state).cell;
}
