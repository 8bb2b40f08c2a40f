import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import styles from './pipelines.module.css';

/** Stands in the place of a deleted pipeline for as long as it can come back; takes the focus of what is gone. */
export function Removed({ name, onUndo }: { readonly name: string; readonly onUndo: () => void }) {
  const words = useTranslations('pipelines');
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <div className={styles.removed}>
      <p>{words('deleted', { name })}</p>
      <Button ref={button} size="compact-sm" variant="default" onClick={onUndo}>
        {words('undo')}
      </Button>
    </div>
  );
}
