import '../../theme/mantine-inputs.css';
import { NumberInput } from '@mantine/core';

export interface DegreesFieldProps {
  readonly label: string;
  /** The highest value; the lowest is its opposite. */
  readonly limit: 90 | 180;
  /** NaN while none is given. */
  readonly value: number | undefined;
  readonly onChange: (degrees: number) => void;
}

/** A latitude or longitude in degrees. */
export function DegreesField({ label, limit, value = Number.NaN, onChange }: DegreesFieldProps) {
  return (
    <NumberInput
      size="xs"
      label={label}
      hideControls
      decimalScale={5}
      min={-limit}
      max={limit}
      value={Number.isFinite(value) ? value : ''}
      onChange={(typed) => onChange(typeof typed === 'number' ? typed : Number.NaN)}
    />
  );
}
