import { useMergedRef, useResizeObserver } from '@mantine/hooks';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import type { JobDto } from '@tessera/contracts';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { BatchCard } from './batch-card.tsx';
import styles from './batch.module.css';

/** Least width of a card, the gap between two, and the height of a row with its gap, in CSS pixels. */
const CARD = 176;
const GAP = 12;
const ROW = 244;

/** The jobs of a batch as cards; only those in view are in the page. */
export function BatchGrid({ jobs }: { readonly jobs: readonly JobDto[] }) {
  const words = useTranslations('watch.batch');
  const list = useRef<HTMLUListElement>(null);
  const [measured, { width }] = useResizeObserver<HTMLUListElement>();
  const [{ top, room }, setPlace] = useState({ top: 0, room: 0 });
  // Before the first paint, which the observer is too late for: cards that were placed do not move.
  useLayoutEffect(() => {
    setPlace({ top: list.current?.offsetTop ?? 0, room: list.current?.clientWidth ?? 0 });
  }, [width]);
  const columns = Math.max(1, Math.floor((room + GAP) / (CARD + GAP)));
  const rows = useWindowVirtualizer({
    count: Math.ceil(jobs.length / columns),
    estimateSize: () => ROW,
    overscan: 3,
    scrollMargin: top,
  });
  const ref = useMergedRef(list, measured);

  return (
    <ul ref={ref} className={styles.grid} aria-label={words('list')} style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().flatMap(({ index: row, start }) =>
        jobs.slice(row * columns, (row + 1) * columns).map((job, column) => (
          <li
            key={job.id}
            aria-setsize={jobs.length}
            aria-posinset={row * columns + column + 1}
            className={styles.cell}
            style={{
              top: start - top,
              insetInlineStart: `calc(${column} * (100% + ${GAP}px) / ${columns})`,
              width: `calc((100% - ${(columns - 1) * GAP}px) / ${columns})`,
              height: ROW - GAP,
            }}
          >
            <BatchCard job={job} />
          </li>
        )),
      )}
    </ul>
  );
}
