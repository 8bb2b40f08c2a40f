import type { JobDto } from '@tessera/contracts';
import { useRef, useState } from 'react';

/** Chosen jobs of a list. What leaves the list stays chosen, so that it is again when it comes back. */
export function useSelection(jobs: readonly JobDto[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string>(undefined);
  const set = (changed: readonly string[], chosen: boolean): void =>
    setIds((before) => {
      const next = new Set(before);
      for (const id of changed)
        if (chosen) next.add(id);
        else next.delete(id);
      return next;
    });
  return {
    has: (id: string): boolean => ids.has(id),
    chosen: jobs.filter(({ id }) => ids.has(id)),
    all: (chosen: boolean): void =>
      set(
        jobs.map(({ id }) => id),
        chosen,
      ),
    /** `range`: with all between it and the job that was chosen last. */
    choose(id: string, chosen: boolean, range: boolean): void {
      const [a, b] = [jobs.findIndex((job) => job.id === last.current), jobs.findIndex((job) => job.id === id)];
      last.current = id;
      const between = range && a >= 0 ? jobs.slice(Math.min(a, b), Math.max(a, b) + 1) : [];
      set([id, ...between.map((job) => job.id)], chosen);
    },
  };
}
