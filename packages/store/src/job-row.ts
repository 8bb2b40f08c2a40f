import { jobErrorSchema, jobStateSchema, planSchema, resultFactsSchema, strategySchema } from '@tessera/contracts';
import * as z from 'zod';
import type { Row } from './database.ts';
import { IMAGE_COLUMNS, parseImage } from './image-row.ts';
import type { JobRow } from './job-store.ts';
import { date, flag, integer, nullable, parsed, text } from './row.ts';

/** `select … from …` of jobs with their images; the jobs are `j`. */
export const SELECT_JOBS = `
  select j.id, j.visitor, j.batch, j.plan, j.state, j.stage, j.remaining, j.error, j.result, j.reused, j.passed_over,
    j.strategy, exists (select from tasks where tasks.job = j.id and tasks.state = 'running') as working,
    j.created_at, j.started_at, j.finished_at, ${IMAGE_COLUMNS}
  from jobs j
  join images i on i.id = j.image`;

const STAGES = z.array(z.int().min(0));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

export function parseJob(row: Row): JobRow {
  const plan = parsed(planSchema, row, 'plan');
  const stage = integer(row, 'stage');
  const remaining = integer(row, 'remaining');
  const stagesDone = plan.stages.map(({ tasks }, n) => {
    if (n === stage) return tasks - remaining;
    return n < stage ? tasks : 0;
  });
  return {
    id: text(row, 'id'),
    visitor: text(row, 'visitor'),
    batch: nullable(text, row, 'batch'),
    image: parseImage(row),
    plan,
    state: parsed(jobStateSchema, row, 'state'),
    stage,
    stagesDone,
    passedOver: parsed(STAGES, row, 'passed_over'),
    tasksDone: sum(stagesDone),
    tasksTotal: sum(plan.stages.map(({ tasks }) => tasks)),
    error: parsed(jobErrorSchema.nullable(), row, 'error'),
    result: parsed(resultFactsSchema.nullable(), row, 'result'),
    reused: flag(row, 'reused'),
    strategy: parsed(strategySchema, row, 'strategy'),
    working: flag(row, 'working'),
    createdAt: date(row, 'created_at'),
    startedAt: nullable(date, row, 'started_at'),
    finishedAt: nullable(date, row, 'finished_at'),
  };
}
