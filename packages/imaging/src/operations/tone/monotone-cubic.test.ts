import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monotoneCubic, type Point } from './monotone-cubic.ts';

const points: fc.Arbitrary<readonly Point[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 255 }), { minLength: 2, maxLength: 16 })
  .chain((xs) =>
    fc
      .array(fc.integer({ min: 0, max: 255 }), { minLength: xs.length, maxLength: xs.length })
      .map((ys) => xs.toSorted((a, b) => a - b).map((x, n) => [x, ys[n] ?? 0] as const)),
  );

describe('monotoneCubic', () => {
  it('goes through its points and is even beyond them', () => {
    fc.assert(
      fc.property(points, (given) => {
        const curve = monotoneCubic(given);
        for (const [x, y] of given) expect(curve(x)).toBe(y);
        expect(curve(-1)).toBe(given[0]?.[1]);
        expect(curve(256)).toBe(given.at(-1)?.[1]);
      }),
    );
  });

  it('runs one way between two points and never beyond them', () => {
    fc.assert(
      fc.property(points, (given) => {
        const curve = monotoneCubic(given);
        for (const [n, [x1, y1]] of given.slice(1).entries()) {
          const [x0, y0] = given[n] ?? [0, 0];
          const inside = Array.from({ length: 33 }, (_, step) => curve(x0 + ((x1 - x0) * step) / 32));
          const way = Math.sign(y1 - y0);
          for (const [step, value] of inside.slice(1).entries()) {
            expect(way * (value - (inside[step] ?? 0))).toBeGreaterThanOrEqual(-1e-9);
          }
        }
      }),
    );
  });
});
