import { Button, Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { JobDto } from '@tessera/contracts';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { ApiError, unreachable } from '../../api/api-error.ts';
import { announce } from '../../app/announce.ts';
import { useParts } from '../../app/parts.ts';
import { useFormats } from '../../format/use-formats.ts';
import { Problem } from '../problem/problem.tsx';
import { downloadResults } from './download-results.ts';
import { focusJob } from './focus-job.ts';
import { HistoryCard } from './history-card.tsx';
import { HistoryFilters } from './history-filters.tsx';
import { HistoryList } from './history-list.tsx';
import { HistoryRow } from './history-row.tsx';
import { isNarrowed, type HistorySearch } from './history-search.ts';
import styles from './history.module.css';
import { SelectionBar } from './selection-bar.tsx';
import { useHistory } from './use-history.ts';
import { useJobCalls } from './use-job-calls.ts';
import { useSelection } from './use-selection.ts';

interface HistoryViewProps {
  readonly search: HistorySearch;
  readonly onSearch: (search: HistorySearch) => void;
}

/** Everything the visitor made: found, looked at, taken home, made again, deleted. */
export function HistoryView({ search, onSearch }: HistoryViewProps) {
  const words = useTranslations('history');
  const formats = useFormats();
  const { deletions } = useParts();
  const { jobs, data, error, dataUpdatedAt, hasNextPage, isFetchingNextPage, fetchNextPage } = useHistory(search);
  const selection = useSelection(jobs);
  const calls = useJobCalls();
  const { chosen } = selection;
  const failed = [calls.redrive, calls.cancel, calls.again].find((call) => call.error)?.error;
  const onMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);

  const remove = (gone: readonly JobDto[]): void => {
    const ids = new Set(gone.map(({ id }) => id));
    const place = jobs.findIndex(({ id }) => ids.has(id));
    const next = jobs.slice(place).find(({ id }) => !ids.has(id)) ?? jobs.slice(0, place).at(-1);
    deletions.add(gone);
    announce(words('undo.said', { count: gone.length, name: gone[0]?.image.name ?? '' }));
    focusJob(next?.id);
  };
  const isEmpty = data !== undefined && jobs.length === 0;
  const Item = search.as === 'grid' ? HistoryCard : HistoryRow;

  return (
    <section aria-labelledby="history-title">
      <div className={styles.head}>
        <h2 id="history-title">{words('title')}</h2>
        <p>{words('about')}</p>
      </div>
      {(!isEmpty || isNarrowed(search)) && <HistoryFilters search={search} onChange={onSearch} />}
      {error && data && (
        <p className={styles.stale}>{words('stale', { date: formats.dateTime(new Date(dataUpdatedAt)) })}</p>
      )}
      {error && !data && <Problem error={problemOf(error)} undertaking="job" />}
      {failed && <Problem error={problemOf(failed)} undertaking="job" />}
      {!data && !error && (
        <div className={styles.skeleton} aria-busy aria-label={words('loading')}>
          {Array.from({ length: 6 }, (_, index) => (
            <Skeleton key={index} height={76} radius={index === 0 ? 12 : 4} />
          ))}
        </div>
      )}
      {isEmpty && (
        <div className={styles.empty}>
          <strong>{isNarrowed(search) ? words('nothingFound') : words('nothingYet')}</strong>
          {isNarrowed(search) ? (
            <Button variant="default" onClick={() => onSearch(search.as ? { as: search.as } : {})}>
              {words('filters.clear')}
            </Button>
          ) : (
            <Button renderRoot={(props) => <Link {...props} to="/" />}>{words('toWork')}</Button>
          )}
        </div>
      )}
      {jobs.length > 0 && (
        <>
          <SelectionBar
            shown={jobs.length}
            chosen={chosen.length}
            done={chosen.filter(({ result }) => result).length}
            ended={chosen.filter(canRunAgain).length}
            running={calls.again.isPending}
            onAll={selection.all}
            onDownload={() => downloadResults(chosen)}
            onAgain={() => calls.again.mutate(chosen.filter(canRunAgain))}
            onDelete={() => remove(chosen)}
          />
          <HistoryList jobs={jobs} as={search.as ?? 'list'} more={hasNextPage} onMore={onMore}>
            {(job) => (
              <Item
                key={job.id}
                job={job}
                calls={calls}
                selected={selection.has(job.id)}
                onSelect={(chosen, range) => selection.choose(job.id, chosen, range)}
                onDelete={() => remove([job])}
              />
            )}
          </HistoryList>
        </>
      )}
    </section>
  );
}

/** Jobs over pictures that have ended; products are ordered anew where they are composed. */
const canRunAgain = ({ state, product }: JobDto): boolean =>
  product === undefined && state !== 'queued' && state !== 'running';

function problemOf(error: Error): ApiError {
  return error instanceof ApiError ? error : unreachable();
}
