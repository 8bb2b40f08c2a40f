import { hash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { cellsOf, type BasicStage, type ReportFacts } from '@tessera/contracts';
import { dataKey } from '../work-area.ts';
import type { StageContext } from './stage-context.ts';

type MergeStage = Extract<BasicStage, { kind: 'merge' }>;

/** Key of what a step of a job's pipeline found out. */
const reportKey = (job: string, step: number): string => `results/${job}.report-${String(step)}.json`;

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

async function makeReport(
  { tools, job, plan, area, signal }: StageContext,
  work: MergeStage,
  stage: number,
  place: number,
): Promise<ReportFacts> {
  const state = await buffer(await area.store.get(dataKey(area, stage, 0), { signal }));
  const { step } = work;
  const { picture } = cellsOf(plan, work);
  const json = await tools.kernel('report', { step, state, picture }, signal);
  const key = reportKey(job, place);
  await tools.objects.put(key, json, { signal, contentType: 'application/json' });
  return { step: place, op: step.op, key, bytes: json.length, sha256: hash('sha256', json, 'hex') };
}
