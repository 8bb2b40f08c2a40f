import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { JobDto } from '@tessera/contracts';
import { listAttempts } from './calls.ts';

/** Milliseconds between two looks at the attempts of a job that is under way. */
const LOOK_EVERY = 5000;

/** All attempts at a job's tasks; asked for again while the job is under way. */
export function useAttempts({ id, state }: Pick<JobDto, 'id' | 'state'>, enabled: boolean) {
  const open = state === 'queued' || state === 'running';
  const { data } = useQuery({
    // Ends and redrives are looked at anew.
    queryKey: ['attempts', id, state],
    queryFn: ({ signal }) => listAttempts(id, signal),
    enabled,
    staleTime: open ? 0 : Infinity,
    refetchInterval: open ? LOOK_EVERY : false,
    structuralSharing: false,
    placeholderData: keepPreviousData,
  });
  return data;
}
