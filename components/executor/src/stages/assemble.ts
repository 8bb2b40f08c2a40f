import { OUTPUT_EXTENSIONS } from '@tessera/codec';
import type { BasicStage, ResultFacts } from '@tessera/contracts';
import type { Receipt } from '../receipt.ts';
import { resultKey } from '../work-area.ts';
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

function finish(context: StageContext, work: AssembleStage): Promise<ResultFacts> {
  const { output, grid } = context.plan;
  if (output.tiles) return finishTiles(context);
  if (output.thumbnails) return joinThumbnails(context);
  return joinFile(context, work.renderStage, {
    key: resultKey(context, OUTPUT_EXTENSIONS[output.format]),
    output,
    grid,
  });
}
