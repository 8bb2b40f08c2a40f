import { Link } from '@tanstack/react-router';
import type { DiscardDto, RedriveDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { DataTable } from './data-table.tsx';
import { StateLabel } from './state-label.tsx';
import styles from './ops.module.css';

interface AuditListProps {
  readonly redrives: readonly RedriveDto[];
  readonly discards: readonly DiscardDto[];
}

/** Something that an operator did; what became of the jobs is known of redrives only. */
interface Entry {
  readonly at: string;
  readonly actor: string;
  readonly jobs: number;
  readonly redrive?: RedriveDto;
}

/** Who redrove or discarded what, when, with what result; newest first. */
export function AuditList({ redrives, discards }: AuditListProps) {
  const words = useTranslations('ops.audit');
  const formats = useFormats();
  const entries: readonly Entry[] = [
    ...redrives.map((redrive) => ({ at: redrive.createdAt, actor: redrive.actor, jobs: redrive.total, redrive })),
    ...discards.map(({ discardedAt, actor, jobs }) => ({ at: discardedAt, actor, jobs })),
  ].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const outcome = (key: 'succeeded' | 'failed' | 'rest', of: (redrive: RedriveDto) => number) => ({
    key,
    title: words(key),
    figure: true,
    cell: ({ redrive }: Entry) => (redrive === undefined ? '–' : formats.count(of(redrive))),
  });
  return (
    <section className={styles.section} aria-label={words('title')}>
      <h3>{words('title')}</h3>
      <DataTable<Entry>
        label={words('title')}
        rows={entries}
        rowKey={({ at, actor, redrive }) => redrive?.id ?? `${at} ${actor}`}
        columns={[
          {
            key: 'when',
            title: words('when'),
            cell: ({ at, redrive }) =>
              redrive === undefined ? (
                formats.dateTime(new Date(at))
              ) : (
                <Link to="/ops/redrives/$redrive" params={{ redrive: redrive.id }} className={styles.link}>
                  {formats.dateTime(new Date(at))}
                </Link>
              ),
          },
          { key: 'who', title: words('who'), cell: ({ actor }) => <bdi>{actor}</bdi> },
          {
            key: 'what',
            title: words('what'),
            cell: ({ redrive }) => words(redrive === undefined ? 'discard' : 'redrive'),
          },
          {
            key: 'state',
            title: words('state'),
            cell: ({ redrive }) => <StateLabel state={redrive?.state ?? 'done'} />,
          },
          { key: 'jobs', title: words('jobs'), figure: true, cell: ({ jobs }) => formats.count(jobs) },
          outcome('succeeded', ({ succeeded }) => succeeded),
          outcome('failed', ({ failed }) => failed),
          outcome('rest', ({ cancelled, skipped }) => cancelled + skipped),
        ]}
      />
    </section>
  );
}
