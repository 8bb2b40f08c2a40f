import type { JobDto, OutputRequest } from '@tessera/contracts';

/** The output of a job as it is asked for. */
export function outputRequestOf({ output, reduced }: Pick<JobDto, 'output' | 'reduced'>): OutputRequest {
  const { format, quality, subsampling, metadata, tiles, thumbnails } = output;
  const request = { format, quality, subsampling, metadata, ...(reduced && { depth: 8 as const }) };
  return { ...request, ...(tiles && { tiles }), ...(thumbnails && { thumbnails }) };
}

/**
 * What has to be sent so that jobs are made again, computed anew: one request for those of the same pipeline and
 * output, in the order of the first of them.
 */
export function requestsAgain(jobs: readonly JobDto[]): readonly Readonly<Record<string, unknown>>[] {
  const groups = Map.groupBy(jobs, (job) => JSON.stringify([job.pipeline, outputRequestOf(job)]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const images = group.map(({ image }) => image.id);
    return [{ images, pipeline: first.pipeline, output: outputRequestOf(first), reuse: false }];
  });
}
