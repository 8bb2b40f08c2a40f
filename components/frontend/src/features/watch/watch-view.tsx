import type { JobDto } from '@tessera/contracts';
import { useTasks } from '../../api/use-tasks.ts';
import { useParts } from '../../app/parts.ts';
import { isSplit, regionCells } from '../jobs/region-cells.ts';
import { RunPicture } from '../jobs/run-picture.tsx';

/** A job while it is made: the picture with its regions. */
export function WatchView({ job }: { readonly job: JobDto }) {
  const { thumbnails } = useParts();
  const split = isSplit(job);
  const tasks = useTasks(job.id, split);
  return (
    <RunPicture job={job} cells={split ? regionCells(job, tasks) : []} thumbnail={thumbnails.find(job.image.id)} />
  );
}
