import type { JobDto } from '@tessera/contracts';
import { useMemo } from 'react';
import { usePreview } from '../pipeline/preview/use-preview.ts';
import type { RegionCell } from '../jobs/region-cell.ts';

/** Longest side in pixels; the server takes no more. */
const SIDE = 1600;

/**
 * Address of a picture of what a job makes, until its result is there: made once by the server at the size of a screen,
 * and shown region by region as they are done. Asked for when the first one is, for before there is nothing to show.
 */
export function useRegionPreview(job: JobDto, cells: readonly RegionCell[]): string | undefined {
  const { image, output, pipeline, product } = job;
  const wanted = job.result === undefined && product === undefined && cells.some(({ state }) => state === 'done');
  const { width, height } = output;
  const order = useMemo(
    () => ({ image: image.id, pipeline, region: { x: 0, y: 0, width, height }, side: SIDE }),
    [image.id, pipeline, width, height],
  );
  return usePreview(wanted ? order : undefined).shown?.url;
}
