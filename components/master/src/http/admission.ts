import { AppError } from '@tessera/runtime';
import type { Broker } from '@tessera/queue';
import type { JobStore } from '@tessera/store';

/** How long a count of all open jobs is used, in milliseconds. */
const COUNT_AGE = 1000;

export interface AdmissionLimits {
  readonly openJobs: number;
  readonly openJobsPerVisitor: number;
}

export interface Admission {
  /**
   * Lets new work of a visitor in, or says at once why not.
   *
   * @param jobs that are about to be added.
   * @throws AppError BROKER_UNAVAILABLE, QUOTA_EXCEEDED, DATABASE_UNAVAILABLE
   */
  admit(visitor: string, jobs: number): Promise<void>;
}

/** Refuses work that could not be taken on: work is accepted only when the broker takes messages and quotas allow it. */
export function createAdmission(
  broker: Broker,
  store: JobStore,
  limits: AdmissionLimits,
  now: () => number,
): Admission {
  let counted = { at: -Infinity, open: 0 };
  const countAll = async (): Promise<number> => {
    if (now() - counted.at > COUNT_AGE) {
      const { jobs } = await store.countStates();
      counted = { at: now(), open: (jobs.queued ?? 0) + (jobs.running ?? 0) };
    }
    return counted.open;
  };
  return {
    async admit(visitor, jobs) {
      const { connected, blocked } = broker.status();
      if (!connected || blocked) throw new AppError('BROKER_UNAVAILABLE');
      const [all, own] = await Promise.all([countAll(), store.countOpenJobs(visitor)]);
      if (all + jobs > limits.openJobs) {
        throw new AppError('QUOTA_EXCEEDED', {
          message: 'This site has as much work waiting as it takes. Try again later.',
        });
      }
      if (own + jobs > limits.openJobsPerVisitor) throw new AppError('QUOTA_EXCEEDED');
    },
  };
}
