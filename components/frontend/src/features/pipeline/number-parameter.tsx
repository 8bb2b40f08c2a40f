import '../../theme/mantine-inputs.css';
import { NumberInput, Slider } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { problemOf, type FieldValue, type NumberField } from './field.ts';
import styles from './parameter.module.css';
import { sliderScale } from './slider-scale.ts';
import { useUnit } from './use-unit.ts';

interface NumberParameterProps {
  readonly field: NumberField;
  readonly value: FieldValue;
  readonly onChange: (value: number | string) => void;
  /** The slider was let go, the field left. */
  readonly onEnd?: (() => void) | undefined;
}

/** A number to type, and a slider for the hand where the range is known. Escape restores what was before the typing. */
export function NumberParameter({ field, value, onChange, onEnd }: NumberParameterProps) {
  const { label, hint, min, max, step, integer } = field;
  const words = useTranslations('pipeline');
  const unit = useUnit()(field.unit);
  const before = useRef<number | string>(undefined);
  const scale = sliderScale(field);
  const number = typeof value === 'number' ? value : field.fallback;
  const problem = problemOf(field, value);
  const bound = problem?.bound ?? 0;
  const shown = typeof value === 'boolean' ? '' : value;

  const restore = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || before.current === undefined || before.current === value) return;
    event.preventDefault();
    onChange(before.current);
  };

  return (
    <NumberInput
      label={label}
      description={hint}
      error={
        problem &&
        problem.reason !== 'image' &&
        problem.reason !== 'text' &&
        words(`value.${problem.reason}`, { min: bound, max: bound, number: bound })
      }
      value={shown}
      onChange={onChange}
      onFocus={() => (before.current = problem ? field.fallback : shown)}
      onBlur={onEnd}
      onKeyDown={restore}
      {...(min !== undefined && { min })}
      {...(max !== undefined && { max })}
      step={step}
      clampBehavior="none"
      allowDecimal={!integer}
      allowNegative={min === undefined || min < 0}
      {...(unit && { suffix: `\u00a0${unit}` })}
      inputContainer={(input) => (
        <div className={styles.number}>
          {scale && (
            <Slider
              className={styles.slider}
              size={4}
              label={null}
              thumbLabel={words('step.slider', { label })}
              min={scale.min}
              max={scale.max}
              step={scale.step}
              value={scale.toPosition(number)}
              onChange={(position) => onChange(scale.toValue(position))}
              {...(onEnd && { onChangeEnd: onEnd })}
              thumbProps={{
                'aria-valuetext': unit ? `${String(number)} ${unit}` : String(number),
              }}
            />
          )}
          <div className={styles.figure}>{input}</div>
        </div>
      )}
    />
  );
}
