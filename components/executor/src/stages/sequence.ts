import { stageAfter, type SequenceStage } from '@tessera/contracts';
import { createMemoryStore } from '@tessera/storage/memory';
import { AppError } from '@tessera/runtime';
import { writeReceipt, type Receipt } from '../receipt.ts';
import type { RunStage, StageContext } from './stage-context.ts';

/**
 * Runs stages of one task each, one after another. They are the stages of a split job, done by the same functions; only
 * what they leave for each other stays in this executor's memory.
 */
export async function runSequence(
  context: Omit<StageContext, 'stages' | 'area'>,
  work: SequenceStage,
  runStage: RunStage,
): Promise<Receipt> {
  const area = { store: createMemoryStore(), prefix: 'sequence' };
  let receipt: Receipt | undefined;
  try {
    for (let stage = 0; stage < work.stages.length;) {
      receipt = await runStage({ ...context, stages: work.stages, area }, stage, 0);
      await writeReceipt(area, stage, 0, receipt, context.signal);
      stage = stageAfter(work.stages, stage, receipt.kind === 'data' && receipt.settled === true);
    }
  } finally {
    await area.store.close();
  }
  if (receipt === undefined) throw new AppError('INTERNAL', { details: { reason: 'an empty sequence' } });
  return receipt;
}
