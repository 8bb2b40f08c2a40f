import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { DeadGroup } from '@tessera/contracts';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { getDeadJobs } from '../../api/ops.ts';
import { useFormats } from '../../format/use-formats.ts';
import { BackLink } from './back-link.tsx';
import { DeadJobCard } from './dead-job-card.tsx';
import { RedriveControls } from './redrive-controls.tsx';
import { useCause } from './use-cause.ts';
import { OPS_KEY } from './use-ops.ts';
import styles from './dead-letters.module.css';

const EVERY = 4000;

interface DeadGroupViewProps {
  readonly group: DeadGroup;
  /** Hours for which failed work can be brought back. */
  readonly keepHours: number;
}

/** One cause: what it means, what to do, and the jobs that it struck. */
export function DeadGroupView({ group, keepHours }: DeadGroupViewProps) {
  const words = useTranslations('ops');
  const formats = useFormats();
  const { sentence, advice } = useCause()(group.code);
  const [selected, select] = useState<ReadonlySet<string>>(new Set());
  const query = useInfiniteQuery({
    queryKey: [OPS_KEY, 'dead', group.id],
    queryFn: ({ pageParam, signal }) => getDeadJobs(group.id, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: EVERY,
    retry: false,
  });
  const jobs = query.data?.pages.flatMap((page) => page.jobs) ?? [];
  const chosen = jobs.filter(({ job }) => selected.has(job));
  const toggle = (job: string): void => {
    select((before) =>
      before.has(job) ? new Set([...before].filter((one) => one !== job)) : new Set([...before, job]),
    );
  };

  return (
    <section className={styles.view} aria-labelledby="dead-group">
      <div className={styles.backRow}>
        <BackLink to="/ops/dead" />
      </div>
      <h3 id="dead-group">{sentence}</h3>
      <p>{advice}</p>
      <p className={styles.meta}>
        {words('dead.between', {
          first: formats.dateTime(new Date(group.firstAt)),
          last: formats.dateTime(new Date(group.lastAt)),
        })}{' '}
        {group.redrivable < group.jobs &&
          words('dead.tooOld', { count: group.jobs - group.redrivable, hours: keepHours })}
      </p>
      <RedriveControls
        filter={{ group: group.id }}
        of="group"
        jobs={group.jobs}
        redrivable={group.redrivable}
        selected={chosen.filter(({ redrivable }) => redrivable).map(({ job }) => job)}
        discardable={chosen.map(({ job }) => job)}
      />
      {query.isPending ? (
        <Skeleton height={120} radius={12} aria-busy />
      ) : (
        <ul className={styles.jobs} aria-label={words('dead.affected')}>
          {jobs.map((job) => (
            <DeadJobCard key={job.job} dead={job} selected={selected.has(job.job)} onSelect={() => toggle(job.job)} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {words('dead.more')}
        </Button>
      )}
    </section>
  );
}
