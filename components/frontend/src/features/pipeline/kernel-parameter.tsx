import '../../theme/mantine-inputs.css';
import { Textarea } from '@mantine/core';
import { parseKernel } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import type { TextField } from './field.ts';
import styles from './parameter.module.css';

interface KernelParameterProps {
  readonly field: TextField;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnd: () => void;
}

/** Most rows that are seen at once. */
const MOST_ROWS = 9;

/** A kernel as it stands in books: a line for each row. */
export function KernelParameter({ field, value, onChange, onEnd }: KernelParameterProps) {
  const words = useTranslations('pipeline.value');
  // One space on each side of a stroke is ours, others are being typed.
  const rows = value.split(/ ?\/ ?/);
  return (
    <Textarea
      label={field.label}
      description={field.hint}
      error={parseKernel(value) === undefined && words('kernel')}
      value={rows.join('\n')}
      rows={Math.min(MOST_ROWS, Math.max(3, rows.length))}
      onChange={(event) => onChange(event.currentTarget.value.split('\n').join(' / '))}
      onBlur={onEnd}
      classNames={{ input: styles.kernel ?? '' }}
      spellCheck={false}
      dir="ltr"
    />
  );
}
