import type { JobDto } from '@tessera/contracts';
import { useOperationTitle } from './use-operation-title.ts';

const FORMATS: Readonly<Record<JobDto['output']['format'], string>> = {
  png: 'PNG',
  jpeg: 'JPEG',
  webp: 'WebP',
  avif: 'AVIF',
  tiff: 'TIFF',
};

/** Gives a function that names a job's steps and its result: `Grayscale → Canny edges → PNG`. */
export function usePipelineSentence(): (job: Pick<JobDto, 'pipeline' | 'output'>) => string {
  const title = useOperationTitle();
  return ({ pipeline, output }) => [...pipeline.map(({ op }) => title(op)), FORMATS[output.format]].join(' → ');
}
