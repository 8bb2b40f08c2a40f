import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ONE, type Centres } from './centres.ts';
import { nearestOf } from './nearest.ts';

const level = fc.integer({ min: 0, max: 255 });
const value = fc.oneof(
  fc.integer({ min: 0, max: 255 * ONE }),
  level.map((whole) => whole * ONE),
);

it('the centres that are listed for a cell are those that count: of few colours and of many, the same is nearest', () => {
  const centres = fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 32 });
  const colours = fc.array(fc.tuple(level, level, level), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(centres, colours, (places, wanted) => {
      const state: Centres = {
        ...{ colours: 3, most: 32, rounds: 0, settled: false },
        ...{ values: Int32Array.from(places.flat()), pixels: new Float64Array(places.length) },
      };
      const [few, many] = [nearestOf(state, 1), nearestOf(state, 1 << 20)];
      for (const colour of [...wanted, ...places.map((place) => place.map((one) => one >> 4) as (typeof wanted)[0])]) {
        expect(many(...colour)).toBe(few(...colour));
      }
    }),
  );
});
