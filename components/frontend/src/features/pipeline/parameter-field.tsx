import '../../theme/mantine-inputs.css';
import { Switch } from '@mantine/core';
import { Suspense } from 'react';
import { preloadable } from '../../app/preloadable.tsx';
import { ChoiceInput } from './choice-input.tsx';
import { ColourParameter } from './colour-parameter.tsx';
import { CurveParameter } from './curve-parameter.tsx';
import type { Field, FieldValue } from './field.ts';
import { KernelParameter } from './kernel-parameter.tsx';
import { NumberParameter } from './number-parameter.tsx';
import { PointsParameter } from './points-parameter.tsx';
import { useUnit } from './use-unit.ts';

const { Part: ImageParameter } = preloadable(
  async () => (await import('./other-image/image-parameter.tsx')).ImageParameter,
);
const { Part: TextParameter } = preloadable(async () => (await import('./text-parameter.tsx')).TextParameter);
const { Part: AnchorParameter } = preloadable(async () => (await import('./anchor-parameter.tsx')).AnchorParameter);

interface ParameterFieldProps {
  readonly field: Field;
  readonly value: FieldValue;
  readonly onChange: (value: FieldValue) => void;
  /** A change is complete: the next one is another. */
  readonly onEnd: () => void;
}

/** The control that fits a parameter. */
export function ParameterField({ field, value, onChange, onEnd }: ParameterFieldProps) {
  const unit = useUnit()(field.unit);
  switch (field.kind) {
    case 'number':
      return <NumberParameter field={field} value={value} onChange={onChange} onEnd={onEnd} />;
    case 'switch':
      return (
        <Switch
          label={field.label}
          description={field.hint}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'colour':
      return <ColourParameter field={field} value={String(value)} onChange={onChange} onEnd={onEnd} />;
    case 'kernel':
      return <KernelParameter field={field} value={String(value)} onChange={onChange} onEnd={onEnd} />;
    case 'points':
      return <PointsParameter field={field} value={String(value)} onChange={onChange} onEnd={onEnd} />;
    case 'curve':
      return <CurveParameter field={field} value={String(value)} onChange={onChange} onEnd={onEnd} />;
    case 'text':
      return (
        <Suspense>
          <TextParameter field={field} value={String(value)} onChange={onChange} onEnd={onEnd} />
        </Suspense>
      );
    case 'image':
      return (
        <Suspense>
          <ImageParameter field={field} value={String(value)} onChange={onChange} onEnd={onEnd} />
        </Suspense>
      );
    case 'choice':
      if (field.anchors) {
        return (
          <Suspense>
            <AnchorParameter field={field} value={String(value)} onChange={onChange} />
          </Suspense>
        );
      }
      return (
        <ChoiceInput
          label={field.label}
          hint={field.hint}
          options={field.options.map((option) => ({
            value: String(option.value),
            label: unit ? `${option.label}\u00a0${unit}` : option.label,
          }))}
          value={String(value)}
          onChange={(chosen) =>
            onChange(field.options.find((option) => String(option.value) === chosen)?.value ?? chosen)
          }
        />
      );
  }
}
