import '../../theme/mantine-inputs.css';
import { SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { COLOUR_BYS, type ColourBy } from '../../app/job-search.ts';
import styles from './watch.module.css';

interface ColourSwitchProps {
  readonly by: ColourBy;
  readonly onBy: (by: ColourBy) => void;
}

/** Colours tell one thing at a time: the state, the machine, or the time taken. */
export function ColourSwitch({ by, onBy }: ColourSwitchProps) {
  const words = useTranslations('watch');
  const label = useId();
  return (
    <div className={styles.switch}>
      <span id={label}>{words('colourBy')}</span>
      <SegmentedControl
        size="xs"
        aria-labelledby={label}
        value={by}
        onChange={onBy}
        data={COLOUR_BYS.map((value) => ({ value, label: words(`by.${value}`) }))}
      />
    </div>
  );
}
