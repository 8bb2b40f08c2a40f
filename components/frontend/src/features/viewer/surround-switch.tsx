import '../../theme/mantine-inputs.css';
import { SegmentedControl } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { SURROUNDS, type Surround } from './surround.ts';

interface SurroundSwitchProps {
  readonly value: Surround;
  readonly onChange: (surround: Surround) => void;
}

/** Chooses what pictures lie on. */
export function SurroundSwitch({ value, onChange }: SurroundSwitchProps) {
  const words = useTranslations('viewer');
  return (
    <SegmentedControl<Surround>
      size="xs"
      aria-label={words('surround.name')}
      value={value}
      onChange={onChange}
      data={SURROUNDS.map((surround) => ({ value: surround, label: words(`surround.${surround}`) }))}
    />
  );
}
