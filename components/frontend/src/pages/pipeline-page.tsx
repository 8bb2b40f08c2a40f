import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ApiError, unreachable } from '../api/api-error.ts';
import { savedPipeline } from '../api/saved-pipelines.ts';
import { useJobs } from '../api/use-jobs.ts';
import { searchOfPipeline } from '../features/pipeline/draft-search.ts';
import { operationList } from '../features/pipeline/operation-list.ts';
import { CopyPipelineLink } from '../features/pipelines/copy-pipeline-link.tsx';
import { PipelineSteps } from '../features/pipelines/pipeline-steps.tsx';
import { PipelinesWords } from '../features/pipelines/pipelines-words.tsx';
import styles from '../features/pipelines/pipelines.module.css';
import { RenameForm } from '../features/pipelines/rename-form.tsx';
import { Problem } from '../features/problem/problem.tsx';

/** One kept pipeline, for whoever has its address. */
export function PipelinePage() {
  return (
    <PipelinesWords>
      <Pipeline />
    </PipelinesWords>
  );
}

function Pipeline() {
  const words = useTranslations('pipelines');
  const { pipeline: id } = useParams({ from: '/pipelines/$pipeline' });
  const enabled = useJobs().data !== undefined;
  const { data, error } = useQuery({ ...savedPipeline(id), enabled });
  const operations = useQuery({ ...operationList, enabled }).data ?? [];
  const [renaming, setRenaming] = useState(false);
  const rename = useRef<HTMLButtonElement>(null);
  const all = <Link to="/pipelines">{words('all')}</Link>;

  if (error) {
    const isGone = error instanceof ApiError && error.code === 'NOT_FOUND';
    return (
      <div className={styles.page}>
        {isGone ? (
          <p className={styles.empty}>{words('gone')}</p>
        ) : (
          <Problem error={error instanceof ApiError ? error : unreachable()} undertaking="job" />
        )}
        <p>{all}</p>
      </div>
    );
  }
  return (
    <div className={styles.page}>
      {!data && <Skeleton height={220} radius={12} aria-label={words('loading')} />}
      {data && (
        <article className={styles.one} aria-label={data.name}>
          {renaming ? (
            <RenameForm
              pipeline={data}
              onEnd={() => {
                setRenaming(false);
                setTimeout(() => rename.current?.focus());
              }}
            />
          ) : (
            <h2 className={styles.title}>
              <bdi>{data.name}</bdi>
            </h2>
          )}
          {!data.own && <p className={styles.about}>{words('notOwn')}</p>}
          <PipelineSteps pipeline={data} operations={operations} values />
          <div className={styles.actions}>
            <Button
              renderRoot={(props) => <Link to="/" search={searchOfPipeline(data.pipeline, data.output)} {...props} />}
            >
              {words('use')}
            </Button>
            <CopyPipelineLink id={data.id} />
            {data.own && !renaming && (
              <Button ref={rename} size="sm" variant="default" onClick={() => setRenaming(true)}>
                {words('rename')}
              </Button>
            )}
          </div>
        </article>
      )}
      <p>{all}</p>
    </div>
  );
}
