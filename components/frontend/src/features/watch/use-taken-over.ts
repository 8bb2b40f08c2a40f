import type { JobDto, TaskDto } from '@tessera/contracts';
import { useMemo, useState } from 'react';
import { useHandedOn } from '../../api/use-handed-on.ts';
import type { TakenRegions } from '../jobs/region-book.ts';
import { takenOver, type TakenOver } from './taken-over.ts';

interface TakenNow {
  readonly taken: readonly TakenOver[];
  /** The same by region; another map only where it tells something else. */
  readonly regions: TakenRegions;
}

/** Regions that another machine took over, by now or by a time in milliseconds since the job was submitted. */
export function useTakenOver(job: JobDto, tasks: readonly TaskDto[], time: number | undefined): TakenNow {
  const attempts = useHandedOn(job);
  const taken = useMemo(() => takenOver(tasks, attempts, time), [tasks, attempts, time]);
  const key = taken.map(({ index, from, by }) => `${String(index)} ${from} ${by}`).join('\n');
  const [known, setKnown] = useState<TakenNow & { readonly key: string }>({ taken, regions: regionsOf(taken), key });
  if (known.key === key) return known;
  const next = { taken, regions: regionsOf(taken), key };
  setKnown(next);
  return next;
}

const regionsOf = (taken: readonly TakenOver[]): TakenRegions => new Map(taken.map(({ index, from }) => [index, from]));
