import { Input } from '@mantine/core';
import { useId } from 'react';
import type { ChoiceField } from './field.ts';
import styles from './anchor.module.css';

interface AnchorParameterProps {
  readonly field: ChoiceField;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One of nine places of a picture, each where it is; a picture is not mirrored, so neither is this. */
export function AnchorParameter({ field, value, onChange }: AnchorParameterProps) {
  const id = useId();
  return (
    <Input.Wrapper
      label={field.label}
      description={field.hint}
      labelElement="div"
      labelProps={{ id: `${id}-label` }}
      descriptionProps={{ id: `${id}-about` }}
    >
      <div
        role="radiogroup"
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-about`}
        className={styles.anchors}
        dir="ltr"
      >
        {field.options.map(({ value: place, label }) => (
          <input
            key={place}
            type="radio"
            name={id}
            aria-label={label}
            title={label}
            checked={place === value}
            onChange={() => onChange(String(place))}
          />
        ))}
      </div>
    </Input.Wrapper>
  );
}
