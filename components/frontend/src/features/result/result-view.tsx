import type { JobDto, JobResult } from '@tessera/contracts';
import { useParts } from '../../app/parts.ts';
import { ResultFacts } from './result-facts.tsx';
import { ResultPicture } from './result-picture.tsx';

interface ResultViewProps {
  readonly job: JobDto;
  readonly result: JobResult;
}

/** The result of a finished job, in the page where it was watched. */
export function ResultView({ job, result }: ResultViewProps) {
  const { thumbnails } = useParts();
  return (
    <>
      <ResultPicture job={job} result={result} thumbnail={thumbnails.find(job.image.id)} />
      <ResultFacts result={result} />
    </>
  );
}
