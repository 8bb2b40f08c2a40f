import type { StepShare } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import type { ApiError } from '../../../api/api-error.ts';
import { useFormats } from '../../../format/use-formats.ts';
import { useExplanation } from '../../problem/use-explanation.ts';
import styles from './preview.module.css';

interface PreviewNoteProps {
  readonly isEmpty: boolean;
  readonly isWaiting: boolean;
  /** Only what goes into a step is shown, which a point is chosen for. */
  readonly isCut: boolean;
  readonly error: ApiError | undefined;
  /** Undefined while the preview is not the one that is asked for. */
  readonly exact: boolean | undefined;
  /** What is left of the steps that are shown, by their titles, each once. */
  readonly steps: Readonly<Record<Exclude<StepShare, 'same'>, readonly string[]>>;
}

/** How far the preview can be trusted. */
export function PreviewNote({ isEmpty, isWaiting, isCut, error, exact, steps }: PreviewNoteProps) {
  const words = useTranslations('pipeline.preview');
  const shares = useTranslations('viewer.preview');
  const { list } = useFormats();
  const explain = useExplanation();
  let note: string | undefined;
  if (error) note = `${words('failed')} ${explain(error, 'job').what}`;
  else if (isWaiting) note = words('waiting');
  else if (isCut) note = shares('cut');
  else if (isEmpty) note = words('addStep');
  else if (exact === undefined) note = words('working');
  else note = words(exact ? 'exact' : 'scaled');
  return (
    <p className={styles.note} data-failed={error ? true : undefined}>
      {note}
      {!error && !isCut && exact === false && (
        <>
          {steps.scaled.length > 0 && (
            <span className={styles.share}>{shares('scaled', { steps: list(steps.scaled) })}</span>
          )}
          {steps['left-out'].length > 0 && (
            <span className={styles.share}>{shares('leftOut', { steps: list(steps['left-out']) })}</span>
          )}
        </>
      )}
    </p>
  );
}
