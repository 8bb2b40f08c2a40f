import { isRasterStage, type BasicStage, type TaskMessage } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import { findReceipt, writeReceipt, yieldOf, type Receipt } from './receipt.ts';
import { runRasterStage } from './stages/raster/run-raster-stage.ts';
import { runStage } from './stages/run-stage.ts';
import { runSequence } from './stages/sequence.ts';
import type { StageTools } from './stages/stage-context.ts';
import type { TaskYield } from './task-work.ts';
import { sharedWorkArea } from './work-area.ts';

/**
 * Runs one task to its end and gives what masters have to know of it. A task whose receipt is
 * stored was done before: its message is a duplicate, which is answered from the receipt.
 */
export async function runTask(tools: StageTools, message: TaskMessage, signal: AbortSignal): Promise<TaskYield> {
  const area = sharedWorkArea(tools.objects, message);
  const { stage, index } = message;
  // Looking for the receipt costs a round trip, and nearly every task is no duplicate: the work begins meanwhile.
  const needless = new AbortController();
  const found = findReceipt(area, stage, index, signal);
  const worked = work(tools, message, AbortSignal.any([signal, needless.signal]));
  worked.catch(() => undefined);
  let receipt = await found.catch(() => undefined);
  if (receipt === undefined) {
    receipt = await worked;
    await writeReceipt(area, stage, index, receipt, signal);
  } else {
    needless.abort();
  }
  return yieldOf(receipt);
}

function work(tools: StageTools, message: TaskMessage, signal: AbortSignal): Promise<Receipt> {
  const { job, image, plan, stage, index } = message;
  const planned = plan.stages[stage];
  if (planned === undefined) throw new AppError('BAD_REQUEST', { details: { reason: 'no such stage', stage } });
  const context = { tools, job, image, plan, signal };
  if (planned.kind === 'sequence') return runSequence(context, planned, runStage);
  if (isRasterStage(planned)) {
    return runRasterStage({ ...context, area: sharedWorkArea(tools.objects, message) }, planned, stage, index);
  }
  // Stage numbers of a plan count all stages; a plan with a sequence has no other stage, so all here are basic.
  const stages = plan.stages as readonly BasicStage[];
  return runStage({ ...context, stages, area: sharedWorkArea(tools.objects, message) }, stage, index);
}
