import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useParts } from '../../app/parts.ts';
import { useFormats } from '../../format/use-formats.ts';
import type { RegionCell } from '../jobs/region-cell.ts';
import { StateMark } from '../jobs/state-mark.tsx';
import { MachineMark } from './machine-mark.tsx';
import { TakenMark } from './taken-mark.tsx';
import styles from './region-table.module.css';

interface RegionTableProps {
  readonly name: string;
  readonly cells: readonly RegionCell[];
  readonly chosen: number | undefined;
  readonly onChoose: (index: number | undefined) => void;
}

const ROW = 36;

/** What the picture shows, as a table: for those who don't see it, and for exact figures. */
export function RegionTable({ name, cells, chosen, onChoose }: RegionTableProps) {
  const words = useTranslations('watch');
  const formats = useFormats();
  const { machines } = useParts();
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: cells.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const place = cells.findIndex(({ index }) => index === chosen);

  useEffect(() => {
    if (place >= 0) rows.scrollToIndex(place, { align: 'auto' });
  }, [place, rows]);

  const columns = ['number', 'state', 'machine', 'attempts', 'time', 'place'] as const;
  return (
    <div
      className={styles.table}
      role="table"
      aria-label={words('table.label', { name })}
      aria-rowcount={cells.length + 1}
      aria-colcount={columns.length}
    >
      <div role="rowgroup" className={styles.head}>
        <div role="row" aria-rowindex={1} className={styles.row}>
          {columns.map((column) => (
            <span key={column} role="columnheader" data-column={column}>
              {words(`table.${column}`)}
            </span>
          ))}
        </div>
      </div>
      <div ref={box} className={styles.body} role="rowgroup" tabIndex={0} aria-label={words('table.label', { name })}>
        <div role="presentation" style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map(({ index: at, start }) => {
            const cell = cells[at];
            if (!cell) return null;
            const { index, state, executor, attempts, milliseconds, region, takenFrom } = cell;
            return (
              <div
                key={index}
                role="row"
                aria-rowindex={at + 2}
                className={styles.row}
                data-chosen={index === chosen || undefined}
                data-index={index}
                style={{ position: 'absolute', insetInline: 0, top: start, height: ROW }}
                onClick={() => onChoose(index)}
              >
                <span role="rowheader" data-column="number">
                  <button
                    type="button"
                    className={styles.choose}
                    aria-pressed={index === chosen}
                    onClick={(event) => {
                      event.stopPropagation();
                      onChoose(index === chosen ? undefined : index);
                    }}
                  >
                    {formats.count(index + 1)}
                  </button>
                </span>
                <span role="cell" data-column="state">
                  <StateMark state={state} /> {words(`states.${state}`)}
                </span>
                <span role="cell" data-column="machine">
                  {executor !== null && <MachineMark look={machines.look(executor)} />} <bdi>{executor}</bdi>
                  {takenFrom !== null && (
                    <span className={styles.taken}>
                      <TakenMark /> <MachineMark look={machines.look(takenFrom)} />
                      <span className={styles.spoken}>
                        {words('table.takenFrom', { letter: machines.look(takenFrom).letter })}
                      </span>
                    </span>
                  )}
                </span>
                <span role="cell" data-column="attempts">
                  {attempts > 0 ? formats.count(attempts) : '–'}
                </span>
                <span role="cell" data-column="time">
                  {milliseconds > 0 ? formats.duration(milliseconds / 1000) : '–'}
                </span>
                <span role="cell" data-column="place" dir="ltr">
                  {region.x}, {region.y} · {region.width} × {region.height}
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
