import { Suspense, useMemo, useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { RasterNote } from './raster-note.tsx';
import { groupRefusals } from './refusal-groups.ts';
import { Refusals } from './refusals.tsx';
import { inOrder, sumUp } from './tray-sums.ts';
import { TrayList } from './tray-list-parts.ts';
import { TrayTotals } from './tray-totals.tsx';
import styles from './tray.module.css';
import { isRaster } from './upload-item.ts';
import type { UploadTray } from './upload-tray.ts';
import { useTrayNews } from './use-tray-news.ts';

interface TrayProps {
  readonly tray: UploadTray;
  /** `strip`: side by side, for narrow pages. */
  readonly layout?: 'list' | 'strip';
  /** False where another bar tells how far the uploads are; the words stay. */
  readonly bars?: boolean;
  /** The item whose picture is shown elsewhere on the page. */
  readonly selected?: string | undefined;
  /** Makes items choosable. */
  readonly onSelect?: (id: string) => void;
}

/** The chosen files: figures, what was refused and why, and each file, those that need the visitor first. */
export function Tray({ tray, layout = 'list', bars = true, selected, onSelect }: TrayProps) {
  const words = useTranslations('upload');
  const items = useSyncExternalStore(tray.subscribe, tray.items);
  const shown = useMemo(() => inOrder(items), [items]);
  const groups = useMemo(() => groupRefusals(items), [items]);
  const sums = useMemo(() => sumUp(items), [items]);
  const rasters = useMemo(() => shown.filter(isRaster).length, [shown]);
  useTrayNews(sums);

  if (items.length === 0) return null;
  return (
    <section className={styles.tray} aria-label={words('tray')} data-layout={layout}>
      <TrayTotals tray={tray} sums={sums} bar={bars} />
      {rasters > 0 && <RasterNote count={rasters} />}
      {groups.length > 0 && <Refusals groups={groups} tray={tray} />}
      {shown.length > 0 && (
        <Suspense fallback={<div className={styles.listToCome} />}>
          <TrayList items={shown} tray={tray} layout={layout} bars={bars} selected={selected} onSelect={onSelect} />
        </Suspense>
      )}
    </section>
  );
}
