import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fullJitter } from './backoff.ts';

it('stays between zero and a bound that doubles up to its maximum', () => {
  const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.nat({ max: 60 }), share, (n, random) => {
      const delay = fullJitter({ firstMilliseconds: 100, maxMilliseconds: 5000 }, n, () => random);
      expect(delay).toBeGreaterThanOrEqual(0);
      expect(delay).toBeLessThanOrEqual(Math.min(5000, 100 * 2 ** n));
    }),
  );
});
