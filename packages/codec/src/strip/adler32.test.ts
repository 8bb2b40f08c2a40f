import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendAdler32, combineAdler32, EMPTY_ADLER } from './adler32.ts';

/** The checksum that zlib writes at the end of its streams. */
const ofZlib = (bytes: Uint8Array): number =>
  deflateSync(bytes, { level: 0 }).readUInt32BE(deflateSync(bytes, { level: 0 }).length - 4);

describe('Adler-32', () => {
  const parts = fc.tuple(fc.uint8Array({ maxLength: 20_000 }), fc.uint8Array({ maxLength: 20_000 }));

  it("equals zlib's, in one go, in pieces and combined", () => {
    fc.assert(
      fc.property(parts, ([first, second]) => {
        const whole = { value: ofZlib(Buffer.concat([first, second])), length: first.length + second.length };
        const head = appendAdler32(EMPTY_ADLER, first);
        expect(appendAdler32(head, second)).toEqual(whole);
        expect(combineAdler32(head, appendAdler32(EMPTY_ADLER, second))).toEqual(whole);
        expect(combineAdler32(EMPTY_ADLER, head)).toEqual(head);
      }),
    );
  });

  it('stays exact where every byte is 255', () => {
    const bytes = new Uint8Array(1_000_003).fill(255);
    expect(appendAdler32(EMPTY_ADLER, bytes).value).toBe(ofZlib(bytes));
  });
});
