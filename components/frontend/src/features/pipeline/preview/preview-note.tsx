import { useTranslations } from 'use-intl';
import type { ApiError } from '../../../api/api-error.ts';
import { useExplanation } from '../../problem/use-explanation.ts';
import styles from './preview.module.css';

interface PreviewNoteProps {
  readonly isEmpty: boolean;
  readonly isWaiting: boolean;
  readonly error: ApiError | undefined;
  /** Undefined while the preview is not the one that is asked for. */
  readonly exact: boolean | undefined;
}

/** How far the preview can be trusted. */
export function PreviewNote({ isEmpty, isWaiting, error, exact }: PreviewNoteProps) {
  const words = useTranslations('pipeline.preview');
  const explain = useExplanation();
  let note: string | undefined;
  if (error) note = `${words('failed')} ${explain(error, 'job').what}`;
  else if (isWaiting) note = words('waiting');
  else if (isEmpty) note = words('addStep');
  else if (exact === undefined) note = words('working');
  else note = words(exact ? 'exact' : 'scaled');
  return (
    <p className={styles.note} data-failed={error ? true : undefined}>
      {note}
    </p>
  );
}
