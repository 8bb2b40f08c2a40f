import { Button } from '@mantine/core';
import { IconDownload, IconRepeat, IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import styles from './history.module.css';

interface SelectionBarProps {
  /** Jobs that are shown, and how many of them are chosen. */
  readonly shown: number;
  readonly chosen: number;
  /** Of the chosen ones, those with a result and those that have ended. */
  readonly done: number;
  readonly ended: number;
  readonly running: boolean;
  readonly onAll: (all: boolean) => void;
  readonly onDownload: () => void;
  readonly onAgain: () => void;
  readonly onDelete: () => void;
}

/** Chooses all jobs that are shown, and does something with the chosen ones. */
export function SelectionBar(props: SelectionBarProps) {
  const { shown, chosen, done, ended, running, onAll, onDownload, onAgain, onDelete } = props;
  const words = useTranslations('history.selection');
  const all = chosen === shown && shown > 0;
  return (
    <div className={styles.selection}>
      <label className={styles.check}>
        <input
          type="checkbox"
          aria-label={words('all')}
          checked={all}
          ref={(input) => {
            if (input) input.indeterminate = chosen > 0 && !all;
          }}
          onChange={(event) => onAll(event.currentTarget.checked)}
        />
      </label>
      <span>{chosen === 0 ? words('none', { count: shown }) : words('some', { count: chosen })}</span>
      {chosen > 0 && (
        <div role="group" aria-label={words('actions')}>
          <Button
            size="compact-md"
            disabled={done === 0}
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={onDownload}
          >
            {words('download', { count: done })}
          </Button>
          <Button
            size="compact-md"
            variant="default"
            disabled={ended === 0}
            loading={running}
            leftSection={<IconRepeat size={16} aria-hidden />}
            onClick={onAgain}
          >
            {words('again')}
          </Button>
          <Button
            size="compact-md"
            variant="default"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={onDelete}
          >
            {words('delete')}
          </Button>
        </div>
      )}
    </div>
  );
}
