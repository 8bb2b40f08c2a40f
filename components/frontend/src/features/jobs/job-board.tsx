import { Button, Skeleton } from '@mantine/core';
import type { JobDto } from '@tessera/contracts';
import { memo } from 'react';
import type { JobsQuery } from '../../api/use-jobs.ts';
import type { ThumbnailMemory } from '../upload/thumbnail-memory.ts';
import styles from './job-board.module.css';
import { JobCard } from './job-card.tsx';
import { boardSentence } from './job-sentence.ts';
import { NoJobs } from './no-jobs.tsx';

interface JobBoardProps {
  readonly jobs: JobsQuery;
  readonly thumbnails: ThumbnailMemory;
  readonly onTakeAgain: (job: JobDto) => Promise<void>;
}

const Card = memo(JobCard);

/** The visitor's jobs, newest first. */
export function JobBoard({ jobs: query, thumbnails, onTakeAgain }: JobBoardProps) {
  const { jobs, data, hasNextPage, isFetchingNextPage } = query;
  return (
    <section className={styles.board} id="jobs" tabIndex={-1} aria-labelledby="jobs-title">
      <div className={styles.head}>
        <h2 id="jobs-title">Jobs</h2>
        <p className={styles.sum}>{boardSentence(jobs)}</p>
      </div>
      {!data && (
        <div className={styles.cards} aria-label="Loading your jobs" aria-busy={!query.isError}>
          <Skeleton height={420} radius={12} animate={!query.isError} />
          <Skeleton height={420} radius={12} animate={!query.isError} />
        </div>
      )}
      {data && jobs.length === 0 && <NoJobs />}
      <ul className={styles.cards} aria-label="Your jobs">
        {jobs.map((job) => (
          <li key={job.id}>
            <Card job={job} thumbnail={thumbnails.find(job.image.id)} onTakeAgain={onTakeAgain} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button
          className={styles.more}
          variant="default"
          loading={isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show earlier jobs
        </Button>
      )}
    </section>
  );
}
