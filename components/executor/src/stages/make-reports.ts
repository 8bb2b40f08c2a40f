import { hash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { cellsOf, type BasicStage, type ReportFacts } from '@tessera/contracts';
import { dataKey, resultKey } from '../work-area.ts';
import type { StageContext } from './stage-context.ts';

type MergeStage = Extract<BasicStage, { kind: 'merge' }>;

/** Writes what the operations of a plan found out beside its result, and tells where; in the order of their steps. */
export async function makeReports(context: StageContext): Promise<ReportFacts[]> {
  const last = context.stages.flatMap((work, stage) =>
    work.kind === 'merge' && (work.lastMerge ?? stage) === stage ? [{ work, stage }] : [],
  );
  const reports: ReportFacts[] = [];
  for (const { work, stage } of last) {
    if (work.place !== undefined) reports.push(await makeReport(context, work, stage, work.place));
  }
  return reports;
}

async function makeReport(context: StageContext, work: MergeStage, stage: number, place: number): Promise<ReportFacts> {
  const { tools, plan, area, signal } = context;
  const state = await buffer(await area.store.get(dataKey(area, stage, 0), { signal }));
  const { step } = work;
  const { picture } = cellsOf(plan, work);
  const json = await tools.kernel('report', { step, state, picture }, signal);
  const key = resultKey(context, `report-${String(place)}.json`);
  await tools.objects.put(key, json, { signal, contentType: 'application/json' });
  return { step: place, op: step.op, key, bytes: json.length, sha256: hash('sha256', json, 'hex') };
}
