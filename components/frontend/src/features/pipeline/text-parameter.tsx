import { TextInput } from '@mantine/core';
import type { TextField } from './field.ts';

interface TextParameterProps {
  readonly field: TextField;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnd: () => void;
}

/** A line of text, in whichever direction it is written. */
export function TextParameter({ field, value, onChange, onEnd }: TextParameterProps) {
  return (
    <TextInput
      label={field.label}
      description={field.hint}
      value={value}
      maxLength={200}
      required
      withAsterisk={false}
      dir="auto"
      error={value.trim() === ''}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={onEnd}
    />
  );
}
