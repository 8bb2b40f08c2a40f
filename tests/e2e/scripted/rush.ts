import type { TaskChange } from '@tessera/contracts';
import type { ScriptedJob } from './scripted-job.ts';
import type { ScriptedSite } from './scripted-site.ts';

/** Milliseconds between two messages of a master that has much to tell. */
const ROUND = 25;
const MACHINES = 16;
/** Regions that are worked on at one time. */
const SLOTS = 64;

export interface Rush {
  /** Changes of tasks, each an event. */
  readonly events: number;
  readonly perSecond: number;
  /** The region to begin with. */
  readonly from?: number;
}

/**
 * Works through the regions of a job in their order, as a large cluster would: each is begun, and done when as many
 * others as there are slots have been begun. Resolves when all is told; gives the regions that were begun.
 */
export async function rush(
  site: ScriptedSite,
  job: ScriptedJob,
  { events, perSecond, from = 0 }: Rush,
): Promise<number> {
  const began = performance.now();
  let told = 0;
  let next = from;
  while (told < events) {
    const due = Math.min(events, ((performance.now() - began) / 1000) * perSecond);
    const changes: TaskChange[] = [];
    while (told + changes.length + 1 < due) {
      const executor = `machine-${String(next % MACHINES)}`;
      changes.push(job.change(next, { state: 'running', executor, attempts: 1 }));
      const ended = next - SLOTS;
      if (ended >= 0) changes.push(job.change(ended, { state: 'done', milliseconds: 20 + (ended % 80) }));
      next += 1;
    }
    if (changes.length > 0) site.tell(changes, job.tell());
    told += changes.length;
    if (told + 2 > events) break;
    await new Promise((resolve) => setTimeout(resolve, ROUND));
  }
  return next - from;
}
