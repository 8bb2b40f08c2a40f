import '../../theme/mantine-inputs.css';
import { Button, SegmentedControl } from '@mantine/core';
import { IconChartHistogram } from '@tabler/icons-react';
import type { JobDto, JobResult } from '@tessera/contracts';
import { Suspense } from 'react';
import { useTranslations } from 'use-intl';
import { latePart } from '../../app/late-part.ts';
import { Histogram } from '../viewer/histogram.tsx';
import { SurroundSwitch } from '../viewer/surround-switch.tsx';
import { ProductView } from './product-view.tsx';
import { ResultPanel } from './result-panel.tsx';
import { VIEWS, VIEWS_APART, type ResultViewMode } from './result-search.ts';
import { ResultStage, type ResultStageProps } from './result-stage.tsx';
import styles from './result-view.module.css';
import { useResultSearch } from './use-result-search.ts';

interface ResultViewProps {
  readonly job: JobDto;
  readonly result: JobResult;
}

const ReportList = latePart(async () => (await import('../reports/report-list.tsx')).ReportList);

/** The result of a finished job, in the page where it was watched: compared with its source, explained, taken home. */
export function ResultView({ job, result }: ResultViewProps) {
  const [seen, onChange, { take, link }] = useResultSearch();
  const looking = { seen, onChange, onAim: take };
  return (
    <div className={styles.page}>
      {job.product ? (
        <ProductView job={job} product={job.product} result={result} {...looking} />
      ) : (
        <Compared job={job} reports={result.reports} {...looking} />
      )}
      <ResultPanel job={job} result={result} link={link} />
    </div>
  );
}

interface ComparedProps extends ResultStageProps {
  readonly reports: JobResult['reports'];
}

/** The result beside its source, what its operations found out, and how often each level is in both. */
function Compared({ job, reports, seen, onChange, onAim }: ComparedProps) {
  const words = useTranslations('result');
  const compare = useTranslations('viewer.compare');
  const { name } = job.image;
  const views = job.moved ? VIEWS_APART : VIEWS;
  const view = views.includes(seen.view) ? seen.view : 'side';
  return (
    <section className={styles.looking} aria-label={words('looking')}>
      <div className={styles.tools}>
        <SegmentedControl<ResultViewMode>
          className={styles.views}
          aria-label={words('views.name')}
          value={view}
          onChange={(next) => onChange({ view: next })}
          data={views.map((value) => ({ value, label: words(`views.${value}`) }))}
        />
        <div className={styles.grounds}>
          <SurroundSwitch value={seen.ground} onChange={(ground) => onChange({ ground })} />
        </div>
      </div>
      <div className={styles.stage}>
        <ResultStage job={job} seen={{ ...seen, view }} onChange={onChange} onAim={onAim} />
      </div>
      {reports && (
        <Suspense>
          <ReportList job={job} reports={reports} />
        </Suspense>
      )}
      <div hidden={job.output.tiles !== undefined}>
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          leftSection={<IconChartHistogram size={17} aria-hidden />}
          aria-expanded={seen.histogram}
          onClick={() => onChange({ histogram: !seen.histogram })}
        >
          {words('histogram')}
        </Button>
        {seen.histogram && (
          <div className={styles.histograms}>
            <section aria-label={words('sourceOf', { name })}>
              <h3>{compare('before')}</h3>
              <Histogram source={{ kind: 'image', id: job.image.id }} name={words('sourceOf', { name })} />
            </section>
            <section aria-label={words('resultOf', { name })}>
              <h3>{compare('after')}</h3>
              <Histogram source={{ kind: 'job', id: job.id }} name={words('resultOf', { name })} />
            </section>
          </div>
        )}
      </div>
    </section>
  );
}
