import type { UseQueryResult } from '@tanstack/react-query';
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { ApiError } from '../../api/api-error.ts';
import { DataAge } from './data-age.tsx';
import styles from './ops.module.css';

interface OpsPageProps<T> {
  readonly query: UseQueryResult<T>;
  /** One sentence that says how it is. */
  readonly headline: (data: T) => ReactNode;
  /** What stands above the headline, for example a way back. */
  readonly above?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/** A page for operators: a sentence, the age of the data, then the data. */
export function OpsPage<T>({ query, headline, above, children }: OpsPageProps<T>) {
  const words = useTranslations('ops');
  const { data, error, dataUpdatedAt } = query;
  if (data === undefined) {
    if (error === null) return <Skeleton height={180} radius={12} aria-busy />;
    const unknown = error instanceof ApiError && error.status === 404;
    return (
      <div className={styles.page}>
        {above}
        <p className={styles.notice}>{words(unknown ? 'gone' : 'unreachable')}</p>
      </div>
    );
  }
  return (
    <div className={styles.page}>
      {above}
      <div className={styles.head}>
        <h2>{headline(data)}</h2>
        <DataAge updatedAt={dataUpdatedAt} failing={error !== null} />
      </div>
      {children(data)}
    </div>
  );
}
