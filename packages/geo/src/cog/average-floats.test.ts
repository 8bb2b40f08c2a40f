import fc from 'fast-check';
import { expect, it } from 'vitest';
import { averageFloats } from './average-floats.ts';

it('law: vectors average floats to the bits that one by one gives', () => {
  const special = fc.constantFrom(NaN, 0, -0, 1e38, 3e-45, Infinity);
  const blocks = fc
    .record({ width: fc.integer({ min: 1, max: 37 }), height: fc.integer({ min: 1, max: 9 }) })
    .chain((size) => {
      const length = size.width * size.height;
      const value = fc.oneof({ weight: 4, arbitrary: fc.float({ noNaN: true }) }, { weight: 1, arbitrary: special });
      return fc.record({ size: fc.constant(size), values: fc.array(value, { minLength: length, maxLength: length }) });
    });
  fc.assert(
    fc.property(blocks, ({ size, values }) => {
      const average = (bench?: null) => {
        const target = new Float32Array(Math.ceil(size.width / 2) * Math.ceil(size.height / 2));
        averageFloats(Float32Array.from(values), size, target, bench);
        // The bits, but those of a NaN, of which there is one only.
        return [...target].map((mean) => (Object.is(mean, -0) ? '-0' : String(mean)));
      };
      expect(average()).toEqual(average(null));
    }),
  );
});
