import { useElementSize } from '@mantine/hooks';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import type { JobDto } from '@tessera/contracts';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import styles from './history.module.css';

/** Least width of a card in pixels. */
const CARD = 216;
/** Height of a row before it is measured, in pixels. */
const ROW = 77;
const CARD_ROW = 320;

interface HistoryListProps {
  readonly jobs: readonly JobDto[];
  readonly as: 'list' | 'grid';
  /** Whether earlier jobs can be fetched, and the way to. */
  readonly more: boolean;
  readonly onMore: () => void;
  readonly children: (job: JobDto) => ReactNode;
}

/** Jobs as rows or as cards; only those near the window are in the page. */
export function HistoryList({ jobs, as, more, onMore, children }: HistoryListProps) {
  const words = useTranslations('history');
  const { ref, width } = useElementSize();
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  const columns = as === 'grid' ? Math.max(1, Math.floor((width + 14) / (CARD + 14))) : 1;
  const rows = Math.ceil(jobs.length / columns);
  const virtual = useWindowVirtualizer({
    count: rows,
    estimateSize: () => (as === 'grid' ? CARD_ROW : ROW),
    overscan: 6,
    scrollMargin: top,
    getItemKey: (row) => jobs[row * columns]?.id ?? row,
  });
  useLayoutEffect(() => {
    const above = list.current?.getBoundingClientRect().top ?? 0;
    setTop(Math.round(above + window.scrollY));
  }, [width, jobs.length]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (more && last >= rows - 5) onMore();
  }, [more, last, rows, onMore]);

  return (
    <div ref={ref}>
      <ul
        ref={list}
        className={styles.list}
        data-as={as}
        aria-label={words('list')}
        style={{ height: virtual.getTotalSize() }}
      >
        {items.map(({ index, key, start }) => (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            className={styles.item}
            style={{ transform: `translateY(${String(start - virtual.options.scrollMargin)}px)` }}
          >
            {as === 'grid' ? (
              <div className={styles.grid} style={{ '--columns': columns } as React.CSSProperties}>
                {jobs.slice(index * columns, (index + 1) * columns).map(children)}
              </div>
            ) : (
              jobs.slice(index, index + 1).map(children)
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
