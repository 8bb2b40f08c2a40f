import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ComposePart } from '../object-store.ts';
import type { StoreUnderTestGetter } from '../object-store.contract.ts';
import { codeOf, readAll, testBytes } from './test-bytes.ts';

const MEBIBYTE = 1024 * 1024;
/** Sources below, at and above S3's smallest part of a multipart upload, and above the size of a single put. */
const SIZES = [0, 3, 70_001, 5 * MEBIBYTE - 1, 5 * MEBIBYTE, 7 * MEBIBYTE, 13 * MEBIBYTE + 5];

interface Case {
  readonly part: ComposePart;
  readonly bytes: Uint8Array;
}

export function composeCases(get: StoreUnderTestGetter): void {
  describe('compose', () => {
    const sources = SIZES.map((size, index) => ({ key: `compose/source-${index}`, bytes: testBytes(size, index + 1) }));

    beforeAll(async () => {
      for (const { key, bytes } of sources) await get().store.put(key, bytes);
    });

    async function expectConcatenation(key: string, cases: readonly Case[]): Promise<void> {
      const { store, leftovers } = get();
      const expected = Buffer.concat(cases.map(({ bytes }) => bytes));
      const facts = await store.compose(
        key,
        cases.map(({ part }) => part),
        { contentType: 'image/tiff' },
      );
      expect(facts).toMatchObject({ key, bytes: expected.length, contentType: 'image/tiff' });
      expect(await store.head(key)).toEqual(facts);
      expect(expected.equals(await readAll(store, key))).toBe(true);
      expect((await leftovers?.()) ?? []).toEqual([]);
    }

    const literal = (bytes: Uint8Array): Case => ({ part: bytes, bytes });
    const whole = (index: number): Case => {
      const { key, bytes } = sources[index]!;
      return { part: { key }, bytes };
    };
    const piece = (index: number, start: number, end?: number): Case => {
      const { key, bytes } = sources[index]!;
      return { part: { key, range: { start, end } }, bytes: bytes.subarray(start, end) };
    };

    test('joins literals, objects and ranges', async () => {
      await expectConcatenation('compose/mixed', [
        literal(Buffer.from('header')),
        whole(5),
        whole(1),
        piece(6, 1_000_003, 12_000_000),
        literal(testBytes(999)),
      ]);
    });

    test('joins nothing, one literal, one object', async () => {
      await expectConcatenation('compose/nothing', []);
      await expectConcatenation('compose/empty-parts', [literal(Buffer.alloc(0)), whole(0), piece(1, 3)]);
      await expectConcatenation('compose/literal', [literal(testBytes(77))]);
      await expectConcatenation('compose/small', [whole(1)]);
      await expectConcatenation('compose/large', [whole(6)]);
    });

    test('joins many small objects to a large one', async () => {
      await expectConcatenation(
        'compose/many',
        Array.from({ length: 150 }, (_, index) => (index % 10 === 0 ? literal(testBytes(index)) : whole(2))),
      );
    });

    test('equals the concatenation for any list of parts', async () => {
      // Plain numbers, so that a failure prints as such: a source, and a range of it in thousandths.
      const anyLiteral = fc.record({ length: fc.nat(50) });
      const anyWhole = fc.record({ index: fc.nat(SIZES.length - 1) });
      const anyPiece = fc.record({ index: fc.nat(SIZES.length - 1), range: fc.tuple(fc.nat(1000), fc.nat(1000)) });
      const made = (shape: { length?: number; index?: number; range?: [number, number] }): Case => {
        const { length, index = 0, range } = shape;
        if (length !== undefined) return literal(testBytes(length));
        if (range === undefined) return whole(index);
        const [from, to] = range.map((part) => Math.floor((SIZES[index]! * part) / 1000)).sort((x, y) => x - y);
        return piece(index, from!, to);
      };
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(fc.oneof(anyLiteral, anyWhole, anyPiece), { maxLength: 6 }), async (shapes) => {
          run += 1;
          await expectConcatenation(`compose/any-${run}`, shapes.map(made));
          await get().store.delete([`compose/any-${run}`]);
        }),
        { numRuns: 12 },
      );
    });

    test('a composed object can be its own source', async () => {
      const { store } = get();
      await store.put('compose/self', testBytes(100));
      await store.compose('compose/self', [{ key: 'compose/self' }, { key: 'compose/self' }]);
      const expected = Buffer.concat([testBytes(100), testBytes(100)]);
      expect((await readAll(store, 'compose/self')).equals(expected)).toBe(true);
    });

    test('fails without a trace when a source is missing or too short', async () => {
      const { store, leftovers } = get();
      const large = { key: 'compose/source-6' };
      const missing = store.compose('compose/failed', [large, large, { key: 'compose/not-there' }]);
      expect(await codeOf(missing)).toBe('NOT_FOUND');
      const short = store.compose('compose/failed', [large, { key: 'compose/source-1', range: { start: 0, end: 4 } }]);
      expect(await codeOf(short)).toBe('RANGE_NOT_SATISFIABLE');
      expect(await store.head('compose/failed')).toBeUndefined();
      expect((await leftovers?.()) ?? []).toEqual([]);
    });
  });
}
