import { Button } from '@mantine/core';
import { useInterval, useReducedMotion } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay, IconSwitchHorizontal } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import styles from './stages.module.css';

/** Milliseconds for which each of the two is shown: slow enough for everybody, see WCAG 2.3.1. */
const EVERY = 750;

interface BlinkStageProps {
  /** The lower one takes pointer and keys, and has the buttons. */
  readonly below: ReactNode;
  readonly above: ReactNode;
}

/** Two pictures in turn at the same place: what differs seems to move. It stands still when asked, or by preference. */
export function BlinkStage({ below, above }: BlinkStageProps) {
  const words = useTranslations('result.blink');
  const calm = useReducedMotion();
  const [after, setAfter] = useState(true);
  const [stopped, setStopped] = useState<boolean>();
  const running = !(stopped ?? calm);
  const { start, stop } = useInterval(() => setAfter((shown) => !shown), EVERY);
  useEffect(() => {
    if (running) start();
    return stop;
  }, [running, start, stop]);

  return (
    <div className={styles.frame}>
      <div className={styles.stage} dir="ltr">
        <div className={styles.layer}>{below}</div>
        <div className={styles.layer} data-above data-hidden={!after || undefined} inert>
          {above}
        </div>
        <span className={styles.caption} dir="auto" aria-hidden>
          {after ? words('after') : words('before')}
        </span>
      </div>
      <div className={styles.buttons}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={running ? <IconPlayerPause size={15} aria-hidden /> : <IconPlayerPlay size={15} aria-hidden />}
          onClick={() => setStopped(running)}
        >
          {running ? words('stop') : words('start')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconSwitchHorizontal size={15} aria-hidden />}
          onClick={() => {
            setStopped(true);
            setAfter(!after);
          }}
        >
          {after ? words('showBefore') : words('showAfter')}
        </Button>
      </div>
    </div>
  );
}
