import { ActionIcon, Button } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../../format/use-formats.ts';
import { PreviewNote } from './preview-note.tsx';
import styles from './preview.module.css';

interface PreviewToolsProps {
  /** Screen pixels for one of the image. */
  readonly scale: number;
  readonly isFitted: boolean;
  readonly go: Readonly<Record<'zoomIn' | 'zoomOut' | 'toFit' | 'toActual', () => void>>;
  readonly note: ComponentProps<typeof PreviewNote>;
}

/** What the preview is, and how near it is looked at. */
export function PreviewTools({ scale, isFitted, go, note }: PreviewToolsProps) {
  const words = useTranslations('pipeline.preview');
  const formats = useFormats();
  return (
    <div className={styles.tools}>
      <PreviewNote {...note} />
      <div className={styles.zoom} dir="ltr">
        <ActionIcon variant="default" aria-label={words('zoomOut')} disabled={isFitted} onClick={go.zoomOut}>
          <IconMinus size={15} />
        </ActionIcon>
        <span className={styles.scale}>{formats.percent(scale)}</span>
        <ActionIcon variant="default" aria-label={words('zoomIn')} onClick={go.zoomIn}>
          <IconPlus size={15} />
        </ActionIcon>
        <Button size="compact-sm" variant="default" onClick={go.toFit}>
          {words('fit')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={go.toActual}>
          {words('actual')}
        </Button>
      </div>
    </div>
  );
}
