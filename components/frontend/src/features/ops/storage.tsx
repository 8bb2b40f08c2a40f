import { useTranslations } from 'use-intl';
import { getOpsStorage } from '../../api/ops.ts';
import { useFormats } from '../../format/use-formats.ts';
import { DataTable } from './data-table.tsx';
import { LoadMeter } from './load-meter.tsx';
import { OpsPage } from './ops-page.tsx';
import { useOps } from './use-ops.ts';
import styles from './ops.module.css';

interface Row {
  readonly kind: 'uploads' | 'results' | 'pieces' | 'incoming';
  readonly usage: { readonly objects: number; readonly bytes: number } | null;
  /** Hours; 0: for ever, null: until they are not needed any more. */
  readonly hours: number | null;
}

/** Milliseconds: counting objects is work for the store. */
const EVERY = 15_000;

/** Bytes and numbers of what is stored. */
export function Storage() {
  const words = useTranslations('ops');
  const formats = useFormats();
  const query = useOps(['storage'], getOpsStorage, EVERY);
  const kept = ({ kind, hours }: Row): string => {
    if (hours === null) return words('storage.untilUsed');
    if (hours === 0) return words('storage.forEver');
    return words(kind === 'uploads' ? 'storage.afterUse' : 'storage.afterEnd', {
      time: words('storage.hours', { hours }),
    });
  };
  return (
    <OpsPage
      query={query}
      headline={({ uploads, results }) =>
        words('storage.headline', {
          uploads: formats.bytes(uploads.bytes),
          results: formats.bytes(results.bytes),
        })
      }
    >
      {({ uploads, results, pieces, incoming, removals, keep }) => (
        <>
          <DataTable<Row>
            label={words('pages.storage')}
            rowKey={({ kind }) => kind}
            rows={[
              { kind: 'uploads', usage: uploads, hours: keep.uploadsHours },
              { kind: 'results', usage: results, hours: keep.resultsHours },
              { kind: 'pieces', usage: pieces, hours: null },
              { kind: 'incoming', usage: incoming, hours: null },
            ]}
            columns={[
              {
                key: 'kind',
                title: words('storage.kind'),
                cell: ({ kind }) => (
                  <>
                    <strong>{words(`storage.kinds.${kind}`)}</strong>{' '}
                    <span className={styles.small}>{words(`storage.about.${kind}`)}</span>
                  </>
                ),
              },
              {
                key: 'objects',
                title: words('storage.objects'),
                figure: true,
                cell: ({ usage }) => (usage === null ? words('storage.many') : formats.count(usage.objects)),
              },
              {
                key: 'bytes',
                title: words('storage.bytes'),
                figure: true,
                cell: ({ usage }) => (usage === null ? '–' : formats.bytes(usage.bytes)),
              },
              { key: 'keep', title: words('storage.keep'), cell: kept },
            ]}
          />
          <p>{words('storage.failed', { time: words('storage.hours', { hours: keep.failedWorkHours }) })}</p>
          {removals > 0 && <p>{words('storage.removals', { count: removals })}</p>}
          {incoming.sizeBytes > 0 && (
            <p className={styles.disk}>
              {words('storage.disk', {
                free: formats.bytes(incoming.freeBytes),
                size: formats.bytes(incoming.sizeBytes),
              })}
              <LoadMeter load={1 - incoming.freeBytes / incoming.sizeBytes} />
            </p>
          )}
        </>
      )}
    </OpsPage>
  );
}
