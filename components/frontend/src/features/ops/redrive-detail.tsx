import { useTranslations } from 'use-intl';
import { getRedrive } from '../../api/ops.ts';
import { useFormats } from '../../format/use-formats.ts';
import { BackLink } from './back-link.tsx';
import { Figures } from './figures.tsx';
import { OpsPage } from './ops-page.tsx';
import { RedriveCard } from './redrive-card.tsx';
import { useOps } from './use-ops.ts';

/** One redrive by its address. */
export function RedriveDetail({ redrive }: { readonly redrive: string }) {
  const words = useTranslations('ops');
  const formats = useFormats();
  const query = useOps(['redrive', redrive], (signal) => getRedrive(redrive, signal), 2000);
  return (
    <OpsPage
      query={query}
      above={<BackLink to="/ops/dead" />}
      headline={({ redrive: { total } }) => words('redrive.title', { count: total })}
    >
      {({ redrive: one, at }) => (
        <>
          <RedriveCard redrive={one} at={at} arrivedAt={query.dataUpdatedAt} />
          <Figures
            figures={[
              { name: words('redrive.when'), ...moment(one.createdAt) },
              { name: words('redrive.rate'), value: formats.amount(one.rate) },
              { name: words('redrive.redriven'), value: formats.count(one.redriven) },
              { name: words('redrive.succeeded'), value: formats.count(one.succeeded) },
              { name: words('redrive.failed'), value: formats.count(one.failed) },
              { name: words('redrive.cancelled'), value: formats.count(one.cancelled) },
              { name: words('redrive.skipped'), value: formats.count(one.skipped) },
              { name: words('redrive.ended'), ...moment(one.finishedAt) },
            ]}
          />
        </>
      )}
    </OpsPage>
  );

  function moment(time: string | null) {
    if (time === null) return { value: '–' };
    const date = new Date(time);
    return { value: formats.hour(date), note: formats.date(date) };
  }
}
