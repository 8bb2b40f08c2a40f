import type { JobStore } from '@tessera/store';
import type { HandlersOf } from './parts.ts';

export interface ForgetParts {
  readonly store: JobStore;
  /** Seconds for which objects outlive their rows. */
  readonly settleSeconds: number;
  readonly onCancelled: (job: string) => void;
}

/** Forgets jobs of a visitor; gives the ids of those that were. */
export async function forget(
  { store, settleSeconds, onCancelled }: ForgetParts,
  visitor: string,
  jobs: readonly string[],
): Promise<string[]> {
  const gone = await store.forgetJobs({ jobs, visitor, settleSeconds });
  for (const { id, open } of gone) if (open) onCancelled(id);
  return gone.map(({ id }) => id);
}

export function forgetHandlers(parts: ForgetParts): HandlersOf<'forgetJobs'> {
  return {
    forgetJobs: async ({ body, visitor }) => ({ forgotten: await forget(parts, visitor(), body.jobs) }),
  };
}
