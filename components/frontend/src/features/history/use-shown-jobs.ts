import type { JobDto } from '@tessera/contracts';
import { useMemo, useSyncExternalStore } from 'react';
import { useParts } from '../../app/parts.ts';

/** The jobs without those that are about to be deleted. */
export function useShownJobs(jobs: readonly JobDto[]): readonly JobDto[] {
  const { deletions } = useParts();
  const hidden = useSyncExternalStore(deletions.subscribe, deletions.hidden);
  return useMemo(() => (hidden.size === 0 ? jobs : jobs.filter(({ id }) => !hidden.has(id))), [jobs, hidden]);
}
