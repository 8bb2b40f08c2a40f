import '../../theme/mantine-inputs.css';
import { SegmentedControl } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import styles from './stages.module.css';

/** How many times brighter differences are shown. */
const GAINS = [1, 4, 16] as const;

interface DifferenceStageProps {
  /** The lower one takes pointer and keys, and has the buttons. */
  readonly below: ReactNode;
  readonly above: ReactNode;
}

/** Where two pictures differ, and by how much: black is the same. */
export function DifferenceStage({ below, above }: DifferenceStageProps) {
  const words = useTranslations('result.difference');
  const formats = useFormats();
  const [gain, setGain] = useState<number>(1);
  return (
    <div className={styles.frame}>
      <div className={styles.stage} data-difference dir="ltr">
        <div className={styles.layer}>{below}</div>
        <div className={styles.layer} data-above inert>
          {above}
        </div>
        <div className={styles.gain} style={{ backdropFilter: `brightness(${String(gain)})` }} />
      </div>
      <div className={styles.buttons}>
        <span>{words('about')}</span>
        <SegmentedControl
          size="xs"
          aria-label={words('gain')}
          value={String(gain)}
          onChange={(value) => setGain(Number(value))}
          data={GAINS.map((value) => ({ value: String(value), label: `×${formats.count(value)}` }))}
        />
      </div>
    </div>
  );
}
