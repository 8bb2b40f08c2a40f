import { useQuery } from '@tanstack/react-query';
import type { AttemptDto, JobDto } from '@tessera/contracts';
import { listAttempts } from './calls.ts';

/** Milliseconds between two looks while the job is under way. */
const LOOK_EVERY = 3000;

const NONE: readonly AttemptDto[] = [];

/** Attempts at a job's tasks that somebody else had to take over; mostly none. */
export function useHandedOn({ id, state }: Pick<JobDto, 'id' | 'state'>): readonly AttemptDto[] {
  const open = state === 'queued' || state === 'running';
  const { data } = useQuery({
    // The end of the job is looked at anew.
    queryKey: ['handed-on', id, state],
    queryFn: ({ signal }) => listAttempts(id, signal, { handedOn: true }),
    staleTime: open ? 0 : Infinity,
    refetchInterval: open ? LOOK_EVERY : false,
    placeholderData: (before) => before,
  });
  return data ?? NONE;
}
