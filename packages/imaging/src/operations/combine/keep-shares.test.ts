import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keepShares } from './keep-shares.ts';

const levels = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });

const shape = fc.record({
  width: fc.integer({ min: 1, max: 37 }),
  height: fc.integer({ min: 1, max: 3 }),
  channels: fc.integer({ min: 1, max: 4 }),
  fade: fc.boolean(),
});

it('law: shares are kept in vectors as in plain arithmetic', () => {
  const pictures = shape.chain((given) => {
    const pixels = given.width * given.height;
    return fc.record({ given: fc.constant(given), data: levels(pixels * given.channels), shares: levels(pixels) });
  });
  fc.assert(
    fc.property(pictures, ({ given: { fade, ...size }, data, shares }) => {
      const picture = { ...size, data };
      expect(keepShares(picture, shares, fade)).toEqual(keepShares(picture, shares, fade, null));
    }),
  );
});
