import type { JobDto } from '@tessera/contracts';
import { useEffect, useState } from 'react';

/** Milliseconds between two looks at the clock. */
const TICK = 1000;

/** Milliseconds from the submission of a job to its end, or until now. */
export function useWhole({ state, timings }: Pick<JobDto, 'state' | 'timings'>): number {
  const open = state === 'queued' || state === 'running';
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!open) return;
    const timer = setInterval(() => setNow(Date.now()), TICK);
    return () => clearInterval(timer);
  }, [open]);
  const end = timings.finishedAt === null ? now : Date.parse(timings.finishedAt);
  return Math.max(1, end - Date.parse(timings.createdAt));
}
