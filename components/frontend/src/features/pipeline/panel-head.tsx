import { ActionIcon } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { Suspense } from 'react';
import { useTranslations } from 'use-intl';
import styles from './panel.module.css';
import { useDraft } from './use-draft.ts';
import { useUndoKeys } from './use-undo-keys.ts';
import { latePart } from '../../app/late-part.ts';

/** Fetched when there is something to share. */
const ShareMenu = latePart(async () => (await import('./share-menu.tsx')).ShareMenu);

const COMMAND = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl+';

/** Title of the panel, and what concerns the pipeline as a whole. */
export function PanelHead({ files }: { readonly files: readonly string[] }) {
  const words = useTranslations('pipeline');
  const { draft, change, canUndo, canRedo } = useDraft();
  useUndoKeys(change);
  // Buttons that can't be used stay focusable, so that the focus is not lost at either end.
  const button = (possible: boolean, type: 'undo' | 'redo', keys: string) => ({
    variant: 'subtle' as const,
    color: 'gray',
    size: 'lg',
    'aria-label': words(type),
    title: words('keys', { label: words(type), keys: COMMAND + keys }),
    'aria-disabled': !possible,
    ...(!possible && { 'data-disabled': true }),
    onClick: () => change({ type }),
  });
  return (
    <div className={styles.head}>
      <h2 className={styles.title}>{words('title')}</h2>
      <ActionIcon {...button(canUndo, 'undo', 'Z')}>
        <IconArrowBackUp size={18} className={styles.mirrored} />
      </ActionIcon>
      <ActionIcon {...button(canRedo, 'redo', '⇧Z')}>
        <IconArrowForwardUp size={18} className={styles.mirrored} />
      </ActionIcon>
      {(draft.steps.length > 0 || files.length > 0) && (
        <Suspense fallback={<ActionIcon variant="subtle" color="gray" size="lg" loading />}>
          <ShareMenu files={files} />
        </Suspense>
      )}
    </div>
  );
}
