import type { JobDto } from '@tessera/contracts';

/** The stage that is being worked on; of a job that has ended the last one. */
export function stageUnderWay({ stages }: Pick<JobDto, 'stages'>): JobDto['stages'][number] | undefined {
  return stages.find(({ tasks, done }) => done < tasks) ?? stages.at(-1);
}
