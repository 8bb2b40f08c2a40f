import type { NumberField } from './field.ts';

/** Positions of a slider that stands for a wide range. */
const POSITIONS = 1000;
/** Ranges with more steps than this get a slider that is finer at its lower end. */
const MOST_STEPS = 1000;

export interface SliderScale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  toPosition(value: number): number;
  toValue(position: number): number;
}

/**
 * Maps the values of a field to the positions of a slider: one to one for ordinary ranges; by a cube for wide ones, so
 * that small values, the usual ones, get most of the way. Undefined for fields without both bounds.
 */
export function sliderScale({ min, max, step }: NumberField): SliderScale | undefined {
  if (min === undefined || max === undefined || min >= max) return undefined;
  const within = (value: number): number => Math.min(max, Math.max(min, value));
  if ((max - min) / step <= MOST_STEPS) {
    const digits = step < 1 ? 10 : 1;
    return { min, max, step, toPosition: within, toValue: (position) => Math.round(position * digits) / digits };
  }
  return {
    min: 0,
    max: POSITIONS,
    step: 1,
    toPosition: (value) => Math.round(Math.cbrt((within(value) - min) / (max - min)) * POSITIONS),
    toValue: (position) => within(min + Math.round(((position / POSITIONS) ** 3 * (max - min)) / step) * step),
  };
}
