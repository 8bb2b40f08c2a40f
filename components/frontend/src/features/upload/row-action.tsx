import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { useLayoutEffect, useRef } from 'react';
import { chosenFiles } from './arrival.ts';
import { displayName } from './display-name.ts';
import type { UploadWords } from './item-words.ts';
import styles from './tray.module.css';
import type { UploadItem, UploadState } from './upload-item.ts';
import type { UploadTray } from './upload-tray.ts';

type Action = 'pause' | 'resume' | 'retry' | 'chooseAgain';

const ACTIONS: Readonly<Partial<Record<UploadState, Action>>> = {
  waiting: 'pause',
  sending: 'pause',
  paused: 'resume',
  lost: 'retry',
  missing: 'chooseAgain',
};

interface RowActionProps {
  readonly item: UploadItem;
  readonly tray: UploadTray;
  readonly words: UploadWords;
}

/** The one thing, besides removing, that can be done with a file in its state. */
export function RowAction({ item: { id, name: raw, state }, tray, words }: RowActionProps) {
  const name = displayName(raw);
  const action = ACTIONS[state];
  const button = useRef<HTMLButtonElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const focused = useRef(false);

  // When the button goes away under the finger, the focus goes to its neighbour.
  useLayoutEffect(() => {
    if (action !== undefined || !focused.current) return;
    focused.current = false;
    document
      .querySelector<HTMLElement>(`[data-item="${id}"]`)
      ?.closest('li')
      ?.querySelector<HTMLElement>('[data-remove]')
      ?.focus();
  }, [action, id]);

  const act = (): void => {
    if (action === 'pause') tray.pause(id);
    else if (action === 'chooseAgain') {
      void tray.findAgain(id).then((found) => {
        if (!found) input.current?.click();
      });
    } else tray.resume(id);
  };
  const common = {
    ref: button,
    onClick: act,
    onFocus: () => {
      focused.current = true;
    },
    onBlur: () => {
      focused.current = false;
    },
  };
  return (
    <span data-item={id}>
      {action === 'chooseAgain' && (
        <>
          <Button {...common} size="compact-sm" variant="light" aria-label={words('chooseAgainFor', { name })}>
            {words('chooseAgain')}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            tabIndex={-1}
            aria-label={words('chooseAgainFor', { name })}
            onChange={({ currentTarget }) => {
              tray.add(chosenFiles(currentTarget.files ?? []));
              currentTarget.value = '';
            }}
          />
        </>
      )}
      {action !== undefined && action !== 'chooseAgain' && (
        <button {...common} type="button" className={styles.action} aria-label={words(action, { name })}>
          {action === 'pause' && <IconPlayerPause size={16} aria-hidden />}
          {action === 'resume' && <IconPlayerPlay size={16} aria-hidden />}
          {action === 'retry' && <IconRefresh size={16} aria-hidden />}
        </button>
      )}
    </span>
  );
}
