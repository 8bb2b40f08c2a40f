import { Link } from '@tanstack/react-router';
import type { OpsExecutor } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { getOpsExecutors } from '../../api/ops.ts';
import { useFormats } from '../../format/use-formats.ts';
import { DataTable } from './data-table.tsx';
import { executorState } from './executor-state.ts';
import { LoadMeter } from './load-meter.tsx';
import { OpsPage } from './ops-page.tsx';
import { StateLabel } from './state-label.tsx';
import { TaskLinks } from './task-links.tsx';
import { useOps } from './use-ops.ts';
import styles from './ops.module.css';

/** All executors, those that left last. */
export function Executors() {
  const words = useTranslations('ops');
  const formats = useFormats();
  const query = useOps(['executors'], getOpsExecutors);
  return (
    <OpsPage
      query={query}
      headline={({ executors }) => {
        const alive = executors.filter(({ state }) => state !== 'gone');
        const busy = alive.filter(({ tasks }) => tasks.length > 0).length;
        return words('headline.machines', { alive: alive.length, busy });
      }}
    >
      {({ executors, at }) =>
        executors.length === 0 ? (
          <p className={styles.notice}>{words('executors.none')}</p>
        ) : (
          <DataTable<OpsExecutor>
            label={words('pages.executors')}
            rows={executors}
            rowKey={({ executor }) => executor}
            columns={[
              {
                key: 'name',
                title: words('executors.name'),
                cell: ({ executor }) => (
                  <Link to="/ops/executors/$executor" params={{ executor }} className={styles.link}>
                    <bdi>{executor}</bdi>
                  </Link>
                ),
              },
              {
                key: 'state',
                title: words('executors.state'),
                cell: (one) => <StateLabel state={executorState(one)} />,
              },
              { key: 'host', title: words('executors.host'), cell: ({ host }) => <bdi>{host}</bdi> },
              {
                key: 'version',
                title: words('executors.version'),
                cell: ({ version }) => <bdi>{version ?? '–'}</bdi>,
              },
              {
                key: 'slots',
                title: words('executors.slots'),
                figure: true,
                cell: ({ tasks, slots }) =>
                  words('figures.of', { part: formats.count(tasks.length), whole: formats.count(slots) }),
              },
              {
                key: 'load',
                title: words('executors.load'),
                figure: true,
                cell: ({ load, state }) => (state === 'gone' ? '–' : <LoadMeter load={load} />),
              },
              {
                key: 'memory',
                title: words('executors.memory'),
                figure: true,
                cell: ({ memoryBytes }) => formats.bytes(memoryBytes),
              },
              {
                key: 'rate',
                title: words('executors.rate'),
                figure: true,
                cell: ({ tasksPerMinute }) => formats.amount(tasksPerMinute),
              },
              {
                key: 'tasks',
                title: words('executors.tasks'),
                cell: ({ tasks, state, seenAt }) =>
                  state === 'gone' ? (
                    words('executors.lastSeen', { ago: formats.relative(new Date(seenAt), new Date(at)) })
                  ) : (
                    <TaskLinks tasks={tasks} at={at} />
                  ),
              },
            ]}
          />
        )
      }
    </OpsPage>
  );
}
