import { IconX } from '@tabler/icons-react';
import { memo } from 'react';
import { Bar } from '../../app/bar.tsx';
import type { Formats } from '../../format/use-formats.ts';
import { displayName } from './display-name.ts';
import { FileName } from './file-name.tsx';
import type { KeptPictures } from './kept-pictures.ts';
import { RowAction } from './row-action.tsx';
import { Thumbnail } from './thumbnail.tsx';
import styles from './tray.module.css';
import { isUnderWay, type UploadItem } from './upload-item.ts';
import type { UploadTray } from './upload-tray.ts';
import { itemWords, type UploadWords } from './item-words.ts';

interface TrayRowProps {
  readonly item: UploadItem;
  readonly index: number;
  readonly count: number;
  /** Pixels from the start of the list. */
  readonly start: number;
  readonly horizontal: boolean;
  readonly tray: UploadTray;
  readonly pictures: KeptPictures;
  // Given and not asked for: hundreds of rows come and go while somebody scrolls.
  readonly words: UploadWords;
  readonly formats: Formats;
  readonly bar: boolean;
  readonly selected: boolean;
  readonly onSelect: ((id: string) => void) | undefined;
  readonly onRemove: (id: string, index: number) => void;
}

/** One file of the tray: its picture, its facts, how far it is, and what can be done. */
export const TrayRow = memo(function TrayRow(props: TrayRowProps) {
  const { item, index, count, start, horizontal, tray, pictures, words, formats, bar, selected, onSelect, onRemove } =
    props;
  const { facts, state: stateWords } = itemWords(item, words, formats);
  const { id, state, share } = item;
  const name = displayName(item.name);
  const hasBar = bar && (isUnderWay(item) || state === 'paused' || state === 'missing');
  const content = (
    <>
      <Thumbnail item={item} pictures={pictures} />
      <span className={styles.words}>
        <span className={styles.name} title={name}>
          <FileName name={item.name} />
        </span>
        <span className={styles.facts}>{facts}</span>
        {stateWords !== '' && <span className={styles.state}>{stateWords}</span>}
      </span>
    </>
  );
  return (
    <li
      className={styles.row}
      data-state={state}
      data-index={index}
      data-selected={selected || undefined}
      aria-label={name}
      aria-posinset={index + 1}
      aria-setsize={count}
      style={horizontal ? { insetInlineStart: start } : { transform: `translateY(${String(start)}px)` }}
    >
      {onSelect ? (
        <button type="button" className={styles.main} aria-pressed={selected} onClick={() => onSelect(id)}>
          {content}
        </button>
      ) : (
        <div className={styles.main}>{content}</div>
      )}
      <div className={styles.actions}>
        <RowAction item={item} tray={tray} words={words} />
        <button
          type="button"
          className={styles.action}
          data-remove
          aria-label={words('remove', { name })}
          onClick={() => onRemove(id, index)}
        >
          <IconX size={16} aria-hidden />
        </button>
      </div>
      {hasBar && (
        <div className={styles.bar}>
          <Bar
            label={name}
            share={state === 'checking' || item.bytes === 0 ? undefined : share}
            state={state === 'sending' || state === 'checking' ? 'running' : 'waiting'}
            text={`${formats.percent(share)}, ${stateWords === '' ? facts : stateWords}`}
          />
        </div>
      )}
    </li>
  );
});
