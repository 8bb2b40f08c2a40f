import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adlerOf } from './adler32-fixture.ts';
import { adlerBytes, combineAdler32, EMPTY_ADLER } from './adler32.ts';

describe('Adler-32', () => {
  it("of joined bytes equals zlib's", () => {
    const parts = fc.tuple(fc.uint8Array({ maxLength: 20_000 }), fc.uint8Array({ maxLength: 20_000 }));
    fc.assert(
      fc.property(parts, ([first, second]) => {
        expect(combineAdler32(adlerOf(first), adlerOf(second))).toEqual(adlerOf(Buffer.concat([first, second])));
        expect(combineAdler32(EMPTY_ADLER, adlerOf(first))).toEqual(adlerOf(first));
      }),
    );
  });

  it('is written with its highest byte first', () => {
    expect([...adlerBytes({ value: 0xfe_dc_ba_98, length: 0 })]).toEqual([0xfe, 0xdc, 0xba, 0x98]);
  });
});
