import { Button } from '@mantine/core';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { Suspense } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { useFormats } from '../../../format/use-formats.ts';
import { Problem } from '../../problem/problem.tsx';
import { isRaster, isUnderWay, type UploadItem } from '../../upload/upload-item.ts';
import { GuardDialog } from '../builder-parts.ts';
import { useGuard } from '../guard/use-guard.ts';
import { EstimateLine } from './estimate-line.tsx';
import { RunLine } from './run-line.tsx';
import styles from './start.module.css';
import type { EstimateInHand } from './use-estimate.ts';
import type { Start } from './use-start.ts';

interface StartBarProps {
  readonly uploads: readonly UploadItem[];
  /** Whether every value of the pipeline can be sent. */
  readonly complete: boolean;
  readonly estimate: EstimateInHand;
  readonly starting: Start;
  /** How far the run is that waits for its files, 0–1; undefined where none does. */
  readonly share: number | undefined;
  readonly onStart: () => void;
}

/** What will be started, how much that is, and the button that starts it. */
export function StartBar({ uploads, complete, estimate, starting, share, onStart }: StartBarProps) {
  const words = useTranslations('pipeline.start');
  const formats = useFormats();
  const locale = useLocale();
  const { state, early, resumed, error } = starting;
  const isAwaited = (item: UploadItem): boolean => isUnderWay(item) || (resumed && item.state === 'missing');
  const usable = uploads.filter((item) => item.state === 'ready' || isAwaited(item));
  const chosen = usable.filter((item) => !isRaster(item));
  const open = chosen.filter(isAwaited).length;
  const bytes = chosen.reduce((sum, item) => sum + item.bytes, 0);
  const { question, whenSane } = useGuard(estimate, bytes);
  const waits = state === 'waiting' && (early || open > 0);

  let why: string | undefined;
  if (chosen.length === 0 && !waits) why = words(usable.length > 0 ? 'onlyRasters' : 'noImage');
  else if (!complete) why = words('correct');
  else if (waits) why = words('waiting');

  return (
    <section className={styles.bar} aria-label={words('region')} data-part="start">
      {error && (
        <div className={styles.problem}>
          <Problem
            error={error}
            undertaking="submit"
            details={error.problems.map(({ path, message }) => (locale === 'en' ? `${path}: ${message}` : path))}
          />
        </div>
      )}
      <div className={styles.facts}>
        {chosen.length > 0 && (
          <p>
            <strong>{words('images', { count: chosen.length })}</strong> · {formats.bytes(bytes)}
          </p>
        )}
        {share !== undefined && <RunLine uploads={uploads} share={share} />}
        <p className={styles.second}>{why ?? <EstimateLine estimate={estimate} images={chosen.length} />}</p>
      </div>
      <div className={styles.buttons}>
        {waits && (
          <Button size="md" variant="default" onClick={starting.callOff}>
            {words('cancel')}
          </Button>
        )}
        <Button
          size="md"
          className={styles.start}
          loading={state === 'starting'}
          disabled={!waits && (chosen.length === 0 || !complete)}
          aria-disabled={waits || undefined}
          leftSection={<IconPlayerPlayFilled size={16} className={styles.mirrored} />}
          onClick={() => {
            if (state === 'idle') whenSane(onStart);
          }}
        >
          {waits ? words('whenUploaded', { uploads: open }) : words('label', { jobs: chosen.length })}
        </Button>
      </div>
      {question && (
        <Suspense>
          <GuardDialog question={question} />
        </Suspense>
      )}
    </section>
  );
}
