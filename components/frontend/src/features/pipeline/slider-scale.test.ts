import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NumberField } from './field.ts';
import { sliderScale } from './slider-scale.ts';

const field = (min: number | undefined, max: number | undefined, step: number): NumberField => ({
  kind: 'number',
  name: 'n',
  label: 'N',
  hint: '',
  fallback: 0,
  min,
  max,
  step,
  integer: false,
  notMultipleOf: undefined,
});

describe('sliderScale', () => {
  it('is one to one for ordinary ranges', () => {
    const scale = sliderScale(field(1, 61, 2));
    expect(scale).toMatchObject({ min: 1, max: 61, step: 2 });
    expect(scale?.toValue(21)).toBe(21);
  });

  it('gives small values of a wide range most of the way', () => {
    const scale = sliderScale(field(0, 10_000, 1));
    expect(scale?.toPosition(100)).toBeGreaterThan(200);
    expect(scale?.toValue(0)).toBe(0);
    expect(scale?.toValue(1000)).toBe(10_000);
  });

  it('stays within bounds and keeps the order', () => {
    const scale = sliderScale(field(5, 20_005, 1));
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (a, b) => {
        const [low, high] = [scale?.toValue(Math.min(a, b)) ?? NaN, scale?.toValue(Math.max(a, b)) ?? NaN];
        expect(low).toBeGreaterThanOrEqual(5);
        expect(high).toBeLessThanOrEqual(20_005);
        expect(low).toBeLessThanOrEqual(high);
      }),
    );
  });

  it('is none without both bounds', () => {
    expect(sliderScale(field(0, undefined, 1))).toBeUndefined();
  });
});
