import { useDirection } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { focusAfterRemoval } from './focus.ts';
import { TrayRow } from './tray-row.tsx';
import styles from './tray.module.css';
import type { UploadItem } from './upload-item.ts';
import type { UploadTray } from './upload-tray.ts';
import { usePictures } from './use-pictures.ts';

/** Pixels of one item along the list. Fixed, so that nothing moves while pictures and facts arrive. */
const SIZES = { list: 68, strip: 116 } as const;

export interface TrayListProps {
  readonly items: readonly UploadItem[];
  readonly tray: UploadTray;
  readonly layout: 'list' | 'strip';
  readonly bars: boolean;
  readonly selected: string | undefined;
  readonly onSelect: ((id: string) => void) | undefined;
}

/** Each file; only what can be seen is in the page. */
export function TrayList({ items, tray, layout, bars, selected, onSelect }: TrayListProps) {
  const words = useTranslations('upload');
  const formats = useFormats();
  const pictures = usePictures(items);
  const { dir } = useDirection();
  const view = useRef<HTMLDivElement>(null);
  const [focusNext, setFocusNext] = useState<number>();
  const horizontal = layout === 'strip';
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => view.current,
    estimateSize: () => SIZES[layout],
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 3,
    horizontal,
    isRtl: dir === 'rtl',
  });

  // Whoever removes by keyboard goes on with the next file.
  useLayoutEffect(() => {
    if (focusNext === undefined) return;
    const row = view.current?.querySelector(`[data-index="${String(Math.min(focusNext, items.length - 1))}"]`);
    const next = row?.querySelector<HTMLElement>('[data-remove]');
    if (next) next.focus();
    else focusAfterRemoval();
    setFocusNext(undefined);
  }, [focusNext, items]);

  const remove = useCallback(
    (id: string, index: number) => {
      tray.remove(id);
      setFocusNext(index);
      // The last row goes with the list.
      focusAfterRemoval();
    },
    [tray],
  );

  return (
    <div className={styles.view} ref={view} data-tray-list>
      <ul
        className={styles.list}
        aria-label={words('list')}
        style={{ [horizontal ? 'width' : 'height']: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const item = items[index];
          return (
            item && (
              <TrayRow
                key={key}
                item={item}
                index={index}
                count={items.length}
                start={start}
                horizontal={horizontal}
                tray={tray}
                pictures={pictures}
                words={words}
                formats={formats}
                bar={bars}
                selected={item.id === selected}
                onSelect={onSelect}
                onRemove={remove}
              />
            )
          );
        })}
      </ul>
    </div>
  );
}
