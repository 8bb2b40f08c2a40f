import type { OpsQueue } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { getOpsQueues } from '../../api/ops.ts';
import { useFormats } from '../../format/use-formats.ts';
import { DataTable } from './data-table.tsx';
import { Figures } from './figures.tsx';
import { OpsPage } from './ops-page.tsx';
import { SiteCharts } from './site-charts.tsx';
import { StateLabel } from './state-label.tsx';
import { useOps } from './use-ops.ts';
import styles from './ops.module.css';

/** The broker's queues, and the way of work into them. */
export function Queues() {
  const words = useTranslations('ops');
  const formats = useFormats();
  const query = useOps(['queues'], getOpsQueues);
  const perSecond = (value: number): string => words('queues.perSecond', { rate: formats.amount(value) });
  return (
    <OpsPage
      query={query}
      headline={({ queues, relay }) => {
        const waiting = relay.ready + queues.reduce((sum, { depth }) => sum + (depth ?? 0), 0);
        return [
          words(`queues.relay.${relay.state}`),
          words('queues.waiting', { count: waiting }),
          ...(relay.oldestReadySeconds >= 1
            ? [words('headline.oldest', { age: formats.wholeDuration(relay.oldestReadySeconds) })]
            : []),
        ].join(' ');
      }}
    >
      {({ queues, relay, unreadableDead }) => (
        <>
          <DataTable<OpsQueue>
            label={words('pages.queues')}
            rows={queues}
            rowKey={({ queue }) => queue}
            columns={[
              {
                key: 'queue',
                title: words('queues.name'),
                cell: ({ queue }) => (
                  <>
                    <strong>{words(`queues.names.${queue}`)}</strong>{' '}
                    <span className={styles.small}>{words(`queues.about.${queue}`)}</span>
                  </>
                ),
              },
              {
                key: 'depth',
                title: words('queues.depth'),
                figure: true,
                cell: ({ depth }) => (depth === null ? words('unknown') : formats.count(depth)),
              },
              {
                key: 'consumers',
                title: words('queues.consumers'),
                figure: true,
                cell: ({ consumers }) => (consumers === null ? words('unknown') : formats.count(consumers)),
              },
              {
                key: 'note',
                title: words('queues.note'),
                cell: ({ queue }) =>
                  queue === 'dead' && unreadableDead > 0 ? words('queues.unreadable', { count: unreadableDead }) : '–',
              },
            ]}
          />
          <section className={styles.section} aria-label={words('queues.relayTitle')}>
            <h3>{words('queues.relayTitle')}</h3>
            <Figures
              figures={[
                { name: words('queues.state'), value: <StateLabel state={relay.state} /> },
                {
                  name: words('queues.inFlight'),
                  value: words('figures.of', {
                    part: formats.count(relay.inFlight),
                    whole: formats.count(relay.window),
                  }),
                },
                { name: words('queues.ready'), value: formats.count(relay.ready) },
                {
                  name: words('queues.oldest'),
                  value: relay.oldestReadySeconds === 0 ? '–' : formats.wholeDuration(relay.oldestReadySeconds),
                },
                {
                  name: words('queues.published'),
                  value: perSecond(relay.publishedPerSecond),
                  note: words('queues.thisMaster'),
                },
                { name: words('queues.started'), value: perSecond(relay.startedPerSecond) },
                { name: words('queues.finished'), value: perSecond(relay.finishedPerSecond) },
                { name: words('queues.failed'), value: formats.count(relay.failedPublishes) },
              ]}
            />
          </section>
          <SiteCharts of="queues" />
        </>
      )}
    </OpsPage>
  );
}
