import { useTranslations } from 'use-intl';
import { getOpsExecutor } from '../../api/ops.ts';
import { useFormats } from '../../format/use-formats.ts';
import { BackLink } from './back-link.tsx';
import { ChartPanel } from './chart-panel.tsx';
import { executorState } from './executor-state.ts';
import { Figures } from './figures.tsx';
import { OpsPage } from './ops-page.tsx';
import { StateLabel } from './state-label.tsx';
import { TaskLinks } from './task-links.tsx';
import { useOps } from './use-ops.ts';
import chartStyles from './chart-panel.module.css';
import styles from './ops.module.css';

/** What one executor is, does, and did in the last hour. */
export function ExecutorDetail({ executor }: { readonly executor: string }) {
  const words = useTranslations('ops');
  const formats = useFormats();
  const query = useOps(['executor', executor], (signal) => getOpsExecutor(executor, signal));
  return (
    <OpsPage query={query} above={<BackLink to="/ops/executors" />} headline={() => <bdi>{executor}</bdi>}>
      {({ executor: one, samples, at }) => {
        const moments = samples.map(({ at: time, ...values }) => ({ at: Date.parse(time), values }));
        const title = { tasksPerSecond: 'throughput', busySlots: 'slots', load: 'load' } as const;
        const since = one.startedAt ?? one.knownSince;
        return (
          <>
            <Figures
              figures={[
                {
                  name: words('executors.state'),
                  value: <StateLabel state={executorState(one)} />,
                  note: reason(one.unwillingFor),
                },
                {
                  name: words('executors.host'),
                  value: <bdi>{one.host}</bdi>,
                  note: words('executors.pid', { pid: String(one.pid) }),
                },
                {
                  name: words('executors.version'),
                  value: <bdi>{one.version ?? '–'}</bdi>,
                  note: words('executors.kernel', { kernel: one.kernel }),
                },
                {
                  name: words('executors.slots'),
                  value: words('figures.of', {
                    part: formats.count(one.tasks.length),
                    whole: formats.count(one.slots),
                  }),
                  note: one.cores === undefined ? undefined : words('executors.cores', { count: one.cores }),
                },
                { name: words('executors.memory'), value: formats.bytes(one.memoryBytes) },
                {
                  name: words('executors.rate'),
                  value: formats.amount(one.tasksPerMinute),
                  note:
                    one.millisecondsPerTask === null
                      ? undefined
                      : words('executors.each', { time: formats.duration(one.millisecondsPerTask / 1000) }),
                },
                { name: words('executors.since'), value: formats.relative(new Date(since), new Date(at)) },
                { name: words('executors.seen'), value: formats.relative(new Date(one.seenAt), new Date(at)) },
              ]}
            />
            {one.tasks.length > 0 && (
              <section className={styles.section}>
                <h3>{words('executors.tasks')}</h3>
                <TaskLinks tasks={one.tasks} at={at} />
              </section>
            )}
            <div className={chartStyles.grid}>
              {(['tasksPerSecond', 'busySlots', 'load'] as const).map((key) => (
                <ChartPanel
                  key={key}
                  title={words(`charts.${title[key]}`)}
                  curves={[{ key, title: words(`curves.${key}`), color: 'var(--tessera-running)' }]}
                  moments={moments}
                  format={key === 'load' ? formats.percent : formats.amount}
                />
              ))}
            </div>
          </>
        );
      }}
    </OpsPage>
  );

  function reason(unwillingFor: 'load' | 'probability' | undefined): string | undefined {
    return unwillingFor === undefined ? undefined : words(`executors.unwillingFor.${unwillingFor}`);
  }
}
