import { expect, test } from 'vitest';
import { backOff } from './back-off.ts';

const all = (random: () => number): readonly (number | undefined)[] =>
  Array.from({ length: 12 }, (_, index) => backOff(index + 1, random));

test('tries come at growing distances, and end within a day', () => {
  const delays = all(() => 0);
  expect(delays.slice(0, 6)).toEqual([1, 5, 30, 120, 600, 3600]);
  expect(delays.slice(10)).toEqual([undefined, undefined]);
  const sum = delays.reduce<number>((seconds, delay) => seconds + (delay ?? 0), 0);
  expect([sum > 20 * 3600, sum < 24 * 3600]).toEqual([true, true]);
});

test('they are spread, but never longer', () => {
  expect(all(() => 0.999)[1]).toBeCloseTo(4, 2);
  expect(all(() => 0.5)[2]).toBeCloseTo(27, 5);
});
