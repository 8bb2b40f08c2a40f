import { NumberInput, Slider } from '@mantine/core';
import type { FieldValue, NumberField } from './field.ts';
import { problemOf } from './field.ts';
import styles from './pipeline.module.css';
import { sliderScale } from './slider-scale.ts';

interface NumberParameterProps {
  readonly field: NumberField;
  readonly value: FieldValue;
  readonly onChange: (value: number | string) => void;
}

/** A number to type, and a slider for the hand where the range is known. */
export function NumberParameter({ field, value, onChange }: NumberParameterProps) {
  const { label, hint, min, max, step, integer } = field;
  const scale = sliderScale(field);
  const number = typeof value === 'number' ? value : field.fallback;
  return (
    <NumberInput
      label={label}
      description={hint}
      error={problemOf(field, value)}
      value={typeof value === 'boolean' ? '' : value}
      onChange={onChange}
      {...(min !== undefined && { min })}
      {...(max !== undefined && { max })}
      step={step}
      clampBehavior="none"
      allowDecimal={!integer}
      allowNegative={min === undefined || min < 0}
      inputContainer={(input) => (
        <div className={styles.number}>
          {scale && (
            <Slider
              className={styles.slider}
              label={null}
              min={scale.min}
              max={scale.max}
              step={scale.step}
              value={scale.toPosition(number)}
              onChange={(position) => onChange(scale.toValue(position))}
              thumbProps={{ 'aria-label': `${label}, slider`, 'aria-valuetext': String(number) }}
            />
          )}
          <div className={styles.figure}>{input}</div>
        </div>
      )}
    />
  );
}
