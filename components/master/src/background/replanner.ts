import { KERNEL_VERSION } from '@tessera/imaging';
import type { Logger } from '@tessera/runtime';
import type { JobStore } from '@tessera/store';
import { planAnew } from '../jobs/plan-anew.ts';
import type { PlanningSite } from '../jobs/submit-jobs.ts';
import { logRef } from '../log-ref.ts';
import type { ExecutorRegistry } from './executor-registry.ts';
import { Repeat } from './repeat.ts';

/** Milliseconds between two looks for such jobs. */
const LOOK = 2000;
/** Jobs of one look at most. */
const ROUND = 50;

export interface ReplannerParts {
  readonly store: Pick<JobStore, 'listForeignJobs' | 'planAnew'>;
  readonly executors: Pick<ExecutorRegistry, 'kernels' | 'knowsAll'>;
  readonly site: () => PlanningSite;
  readonly logger: Logger;
  readonly onPlanned: () => void;
  readonly onFailed: (job: string) => void;
}

/**
 * Plans open jobs anew that wait for executors which are gone for good: no living one makes the pixels that their plans
 * promise, and some make those of this version. They begin from their beginning, so that no result holds pixels of both.
 */
export class Replanner {
  readonly #parts: ReplannerParts;
  readonly #looking: Repeat;

  constructor(parts: ReplannerParts) {
    this.#parts = parts;
    const { logger } = parts;
    this.#looking = new Repeat({ name: 'replanner', milliseconds: LOOK, logger, round: () => this.#look() });
  }

  start(): void {
    this.#looking.start();
  }

  close(): Promise<void> {
    return this.#looking.close();
  }

  async #look(): Promise<void> {
    const { store, executors, site, logger, onPlanned, onFailed } = this.#parts;
    // Executors of before may live without having been heard yet.
    if (!executors.knowsAll()) return;
    const kernels = executors.kernels();
    if (!kernels.includes(KERNEL_VERSION)) return;
    for (const job of await store.listForeignJobs(kernels, ROUND)) {
      const from = job.plan.kernel;
      const anew = planAnew(job, site());
      if (!(await store.planAnew(job.id, from, anew))) continue;
      const outcome = 'error' in anew ? anew.error.code : anew.plan.reason;
      logger.warn({ job: logRef(job.id), from, to: KERNEL_VERSION, outcome }, 'job:planned-anew');
      if ('error' in anew) onFailed(job.id);
      onPlanned();
    }
  }
}
