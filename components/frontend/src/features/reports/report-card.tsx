import { Button } from '@mantine/core';
import { IconFileCode } from '@tabler/icons-react';
import type { Report, ReportRef } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useReport } from '../../api/reports.ts';
import { useFormats } from '../../format/use-formats.ts';
import { useOperationTitle } from '../jobs/use-operation-title.ts';
import { ColourReport } from './colour-report.tsx';
import { ComponentsReport } from './components-report.tsx';
import styles from './reports.module.css';
import { StatisticsReport } from './statistics-report.tsx';

/** Bytes of a report that is read only to be taken home. */
const LONG = 262_144;

interface ReportCardProps {
  readonly report: ReportRef;
  /** Whether the number of its step is told. */
  readonly numbered: boolean;
}

/** What one operation found out: to look at, and to take home. */
export function ReportCard({ report, numbered }: ReportCardProps) {
  const words = useTranslations('result.reports');
  const formats = useFormats();
  const operation = useOperationTitle()(report.op);
  const isLong = report.bytes > LONG;
  const { data, isError } = useReport(report, !isLong);
  const bytes = formats.bytes(report.bytes);
  return (
    <article className={styles.card}>
      <header className={styles.head}>
        <h2>{operation}</h2>
        {numbered && <span className={styles.step}>{words('step', { step: formats.count(report.step + 1) })}</span>}
        <Button
          className={styles.download}
          variant="default"
          size="compact-md"
          component="a"
          href={report.url}
          download
          leftSection={<IconFileCode size={16} aria-hidden />}
          aria-label={words('downloadOf', { operation, bytes })}
        >
          {words('download', { bytes })}
        </Button>
      </header>
      {isLong && <p className={styles.note}>{words('long')}</p>}
      {isError && <p className={styles.note}>{words('failed')}</p>}
      {!data && !isLong && !isError && <p className={styles.note}>{words('loading')}</p>}
      {data && <ReportBody report={data} />}
    </article>
  );
}

/** Reports of operations that this page does not know are there to be taken home. */
function ReportBody({ report }: { readonly report: Report }) {
  switch (report.op) {
    case 'statistics':
      return <StatisticsReport report={report} />;
    case 'k-means':
      return <ColourReport report={report} />;
    case 'connected-components':
      return <ComponentsReport report={report} />;
    default:
      return null;
  }
}
