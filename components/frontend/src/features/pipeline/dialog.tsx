import '../../theme/mantine-overlays.css';
import { CloseButton } from '@mantine/core';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly size?: 'small' | 'large';
  /** Asked for by Escape, by the button, and by a click beside it. */
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A window over the page that has the focus until it is closed, and gives it back then. */
export function Dialog({ title, size = 'small', onClose, children }: DialogProps) {
  const words = useTranslations('pipeline.catalogue');
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const dialog = element.current;
    const opener = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    // Browsers know this wish as an attribute only, which React does not write.
    dialog?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => {
      dialog?.close();
      // What opened it may be gone, for example the item of a menu.
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);

  return (
    <dialog
      ref={element}
      className={styles.dialog}
      data-size={size}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      <div className={styles.inside}>
        <div className={styles.head}>
          <h2 className={styles.title} id={id}>
            {title}
          </h2>
          <CloseButton aria-label={words('close')} onClick={onClose} />
        </div>
        {children}
      </div>
    </dialog>
  );
}
