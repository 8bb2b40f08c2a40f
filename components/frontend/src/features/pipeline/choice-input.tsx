import '../../theme/mantine-inputs.css';
import { Input, NativeSelect, SegmentedControl } from '@mantine/core';
import { useId } from 'react';

interface ChoiceInputProps {
  readonly label: string;
  readonly hint?: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly disabled?: boolean }[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** More options than this, or more letters in all, do not fit side by side on a phone, where each option has a margin. */
const MOST_SEGMENTS = 5;
const MOST_LETTERS = 36;
const MARGIN_LETTERS = 3;

/** One of several: side by side where they are few, else a list. */
export function ChoiceInput({ label, hint, options, value, onChange }: ChoiceInputProps) {
  const id = useId();
  const letters = options.reduce((sum, { label: { length } }) => sum + length + MARGIN_LETTERS, 0);
  if (options.length > MOST_SEGMENTS || letters > MOST_LETTERS) {
    return (
      <NativeSelect
        label={label}
        description={hint}
        data={[...options]}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <Input.Wrapper label={label} description={hint} labelElement="div" labelProps={{ id }}>
      <SegmentedControl fullWidth mt={4} aria-labelledby={id} data={[...options]} value={value} onChange={onChange} />
    </Input.Wrapper>
  );
}
