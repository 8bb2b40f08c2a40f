import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { ApiError, unreachable } from '../api/api-error.ts';
import { useJobs } from '../api/use-jobs.ts';
import { savedPipelines } from '../api/saved-pipelines.ts';
import { operationList } from '../features/pipeline/operation-list.ts';
import { PipelineRow } from '../features/pipelines/pipeline-row.tsx';
import { PipelinesWords } from '../features/pipelines/pipelines-words.tsx';
import styles from '../features/pipelines/pipelines.module.css';
import { Removed } from '../features/pipelines/removed.tsx';
import { useRemovals } from '../features/pipelines/use-removals.ts';
import { Problem } from '../features/problem/problem.tsx';

/** What the visitor keeps under a name. */
export function PipelinesPage() {
  return (
    <PipelinesWords>
      <Pipelines />
    </PipelinesWords>
  );
}

function Pipelines() {
  const words = useTranslations('pipelines');
  // The first answer to the list of jobs tells the server who asks.
  const enabled = useJobs().data !== undefined;
  const { data, error } = useQuery({ ...savedPipelines, enabled });
  const operations = useQuery({ ...operationList, enabled }).data ?? [];
  const { removed, remove, undo } = useRemovals();
  const title = useRef<HTMLHeadingElement>(null);

  return (
    <div className={styles.page}>
      <h2 className={styles.title} ref={title} tabIndex={-1}>
        {words('title')}
      </h2>
      <p className={styles.about}>{words('about')}</p>
      {error && <Problem error={error instanceof ApiError ? error : unreachable()} undertaking="job" />}
      {!data && !error && (
        <div className={styles.list} aria-label={words('loading')} aria-busy>
          <Skeleton height={104} radius={12} />
          <Skeleton height={104} radius={12} />
        </div>
      )}
      {data?.length === 0 && (
        <div className={styles.empty}>
          <p className={styles.name}>{words('empty')}</p>
          <p>{words('emptyAbout')}</p>
          <Button renderRoot={(props) => <Link to="/" {...props} />}>{words('toWork')}</Button>
        </div>
      )}
      <ul className={styles.list} aria-label={words('title')}>
        {data?.map((pipeline) =>
          removed.has(pipeline.id) ? (
            <li key={pipeline.id}>
              <Removed name={pipeline.name} onUndo={() => undo(pipeline.id)} />
            </li>
          ) : (
            <li key={pipeline.id}>
              <PipelineRow pipeline={pipeline} operations={operations} onRemove={() => remove(pipeline)} />
            </li>
          ),
        )}
      </ul>
    </div>
  );
}
