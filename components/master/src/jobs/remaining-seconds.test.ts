import fc from 'fast-check';
import { expect, test } from 'vitest';
import { remainingSeconds } from './remaining-seconds.ts';

test.each([
  [{ done: 0, total: 10, elapsedMilliseconds: 60_000 }, null],
  [{ done: 4, total: 100, elapsedMilliseconds: 60_000 }, null],
  [{ done: 5, total: 100, elapsedMilliseconds: 1999 }, null],
  [{ done: 5, total: 100, elapsedMilliseconds: 2000 }, 38],
  [{ done: 1, total: 3, elapsedMilliseconds: 10_000 }, 20],
  [{ done: 3, total: 3, elapsedMilliseconds: 10_000 }, 0],
])('%j: %s', (progress, expected) => {
  expect(remainingSeconds(progress)).toBe(expected);
});

test('law: at an even pace the estimate is what is left', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: 100, max: 5000 }),
      fc.double({ min: 0.05, max: 1, noNaN: true }),
      (total, pace, share) => {
        const done = Math.ceil(total * share);
        const estimate = remainingSeconds({ done, total, elapsedMilliseconds: done * pace });
        if (estimate !== null) expect(estimate).toBeCloseTo(((total - done) * pace) / 1000, 0);
      },
    ),
  );
});
