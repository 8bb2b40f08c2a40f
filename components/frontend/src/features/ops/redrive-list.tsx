import { Link } from '@tanstack/react-router';
import type { RedriveDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { DataTable } from './data-table.tsx';
import { StateLabel } from './state-label.tsx';
import styles from './ops.module.css';

/** Who redrove what, when, with what result. */
export function RedriveList({ redrives }: { readonly redrives: readonly RedriveDto[] }) {
  const words = useTranslations('ops');
  const formats = useFormats();
  return (
    <section className={styles.section} aria-label={words('redrive.log')}>
      <h3>{words('redrive.log')}</h3>
      <DataTable<RedriveDto>
        label={words('redrive.log')}
        rows={redrives}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'when',
            title: words('redrive.when'),
            cell: ({ id, createdAt }) => (
              <Link to="/ops/redrives/$redrive" params={{ redrive: id }} className={styles.link}>
                {formats.dateTime(new Date(createdAt))}
              </Link>
            ),
          },
          { key: 'who', title: words('redrive.who'), cell: ({ actor }) => <bdi>{actor}</bdi> },
          { key: 'state', title: words('redrive.state'), cell: ({ state }) => <StateLabel state={state} /> },
          { key: 'total', title: words('redrive.total'), figure: true, cell: ({ total }) => formats.count(total) },
          {
            key: 'succeeded',
            title: words('redrive.succeeded'),
            figure: true,
            cell: ({ succeeded }) => formats.count(succeeded),
          },
          { key: 'failed', title: words('redrive.failed'), figure: true, cell: ({ failed }) => formats.count(failed) },
          {
            key: 'rest',
            title: words('redrive.rest'),
            figure: true,
            cell: ({ cancelled, skipped }) => formats.count(cancelled + skipped),
          },
        ]}
      />
    </section>
  );
}
