import { Link } from '@tanstack/react-router';
import type { OpsOverviewDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { getOpsOverview } from '../../api/ops.ts';
import { useFormats } from '../../format/use-formats.ts';
import { Figures } from './figures.tsx';
import { OpsPage } from './ops-page.tsx';
import { SiteCharts } from './site-charts.tsx';
import { StateLabel } from './state-label.tsx';
import { useHeadline } from './use-headline.ts';
import { useOps } from './use-ops.ts';
import styles from './ops.module.css';

/** The headline, a few figures, then what happened over time. */
export function Overview() {
  const overview = useOps(['overview'], getOpsOverview);
  const headline = useHeadline();
  return (
    <OpsPage query={overview} headline={headline}>
      {(data) => (
        <>
          <OverviewFigures overview={data} />
          <SiteCharts />
        </>
      )}
    </OpsPage>
  );
}

function OverviewFigures({ overview }: { readonly overview: OpsOverviewDto }) {
  const words = useTranslations('ops');
  const formats = useFormats();
  const { executors, jobs, dead, broker, lastDoneAt } = overview;
  const link = (to: '/ops/executors' | '/ops/dead' | '/ops/queues', text: string) => (
    <Link to={to} className={styles.link}>
      {text}
    </Link>
  );
  return (
    <Figures
      figures={[
        {
          name: words('figures.machines'),
          value: link('/ops/executors', formats.count(executors.alive)),
          note: executors.draining > 0 ? words('figures.draining', { count: executors.draining }) : undefined,
        },
        {
          name: words('figures.slots'),
          value: words('figures.of', {
            part: formats.count(executors.busySlots),
            whole: formats.count(executors.slots),
          }),
        },
        {
          name: words('figures.jobs'),
          value: formats.count(jobs.running),
          note: words('figures.queued', { count: jobs.queued }),
        },
        { name: words('figures.dead'), value: link('/ops/dead', formats.count(dead.jobs)) },
        { name: words('figures.broker'), value: <StateLabel state={broker} /> },
        {
          name: words('figures.lastDone'),
          value: lastDoneAt === null ? '–' : formats.relative(new Date(lastDoneAt), new Date(overview.at)),
        },
      ]}
    />
  );
}
