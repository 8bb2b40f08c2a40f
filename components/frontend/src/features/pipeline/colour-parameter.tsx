import '../../theme/mantine-inputs.css';
import { Input } from '@mantine/core';
import { useId } from 'react';
import type { TextField } from './field.ts';
import styles from './parameter.module.css';

interface ColourParameterProps {
  readonly field: TextField;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnd: () => void;
}

/** A colour by the browser's own picker, which knows all of the system's. */
export function ColourParameter({ field, value, onChange, onEnd }: ColourParameterProps) {
  const id = useId();
  return (
    <Input.Wrapper id={id} label={field.label} description={field.hint}>
      <div className={styles.colour}>
        <input
          id={id}
          type="color"
          value={value}
          aria-describedby={`${id}-description`}
          onChange={(event) => onChange(event.currentTarget.value)}
          onBlur={onEnd}
        />
        <code dir="ltr">{value}</code>
      </div>
    </Input.Wrapper>
  );
}
