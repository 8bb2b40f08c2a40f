import { OPERATIONS, type JobDto } from '@tessera/contracts';

const FORMATS: Readonly<Record<JobDto['output']['format'], string>> = {
  png: 'PNG',
  jpeg: 'JPEG',
  webp: 'WebP',
  avif: 'AVIF',
  tiff: 'TIFF',
};

/** Names a job's steps and its result: `Grayscale → Canny edges → PNG`. */
export function pipelineSentence({ pipeline, output }: Pick<JobDto, 'pipeline' | 'output'>): string {
  const titles = pipeline.map((step) => OPERATIONS.find(({ op }) => op === step.op)?.title ?? step.op);
  return [...titles, FORMATS[output.format]].join(' → ');
}
