import type { JobDto, ReportRef } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { ReportCard } from './report-card.tsx';
import styles from './reports.module.css';

interface ReportListProps {
  readonly job: Pick<JobDto, 'pipeline'>;
  readonly reports: readonly ReportRef[];
}

/** What the operations of a job found out besides pixels, in the order of their steps. */
export function ReportList({ job, reports }: ReportListProps) {
  const words = useTranslations('result.reports');
  return (
    <section className={styles.reports} aria-label={words('name')}>
      {reports.map((report) => (
        <ReportCard key={report.step} report={report} numbered={job.pipeline.length > 1} />
      ))}
    </section>
  );
}
