import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unpackLzw } from './lzw.ts';

/**
 * LZW as TIFF 6.0 has it, or as libtiff wrote it before 5.0: lowest bits first, codes longer only when they are full.
 * A plain dictionary of strings, unlike the decoder.
 */
function packLzw(bytes: Uint8Array, style: 'new' | 'old'): Uint8Array {
  const early = style === 'new' ? 1 : 0;
  const codes: (readonly [number, number])[] = [];
  let table = new Map<string, number>();
  let bits = 9;
  const clear = (): void => {
    codes.push([256, bits]);
    table = new Map(Array.from({ length: 256 }, (_, i) => [String.fromCharCode(i), i]));
    bits = 9;
  };
  clear();
  let held = '';
  for (const byte of bytes) {
    const longer = held + String.fromCharCode(byte);
    if (table.has(longer)) {
      held = longer;
      continue;
    }
    codes.push([table.get(held)!, bits]);
    // 256 and 257 are taken.
    table.set(longer, table.size + 2);
    if (table.size + 2 + early > 2 ** bits) bits += 1;
    if (table.size + 2 === 4094) clear();
    held = String.fromCharCode(byte);
  }
  if (held !== '') codes.push([table.get(held)!, bits]);
  // The reader has learnt one string more by now.
  const last = held !== '' && table.size + 3 + early > 2 ** bits && bits < 12 ? bits + 1 : bits;
  codes.push([257, last]);
  return joinBits(codes, style);
}

function joinBits(codes: readonly (readonly [number, number])[], style: 'new' | 'old'): Uint8Array {
  const line = codes.flatMap(([code, bits]) => {
    const own = Array.from({ length: bits }, (_, i) => (code >> i) & 1);
    return style === 'new' ? own.reverse() : own;
  });
  const output = new Uint8Array(Math.ceil(line.length / 8));
  line.forEach((bit, i) => {
    output[i >> 3]! |= bit << (style === 'new' ? 7 - (i & 7) : i & 7);
  });
  return output;
}

const inputs = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  // Few values make long strings, many bytes make all lengths of codes and a full table.
  fc.uint8Array({ max: 3, minLength: 1, maxLength: 4000 }),
  fc.nat(1000).map((seed) => Uint8Array.from({ length: 12_000 }, (_, i) => Math.imul(i + seed, 2_654_435_761) >>> 24)),
  fc.nat(255).map((byte) => new Uint8Array(9000).fill(byte)),
);

it.each(['new', 'old'] as const)('law: what is packed in the %s style comes back', (style) => {
  fc.assert(
    fc.property(inputs, (bytes) => {
      expect(Buffer.from(unpackLzw(packLzw(bytes, style), bytes.length)).equals(Buffer.from(bytes))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

it('law: any bytes give at most what is needed, or CORRUPT_RASTER', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(3000), (bytes, needed) => {
      try {
        expect(unpackLzw(bytes, needed).length).toBeLessThanOrEqual(needed);
      } catch (error) {
        expect(error).toMatchObject({ code: 'CORRUPT_RASTER' });
      }
    }),
  );
});
