import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PieceReader } from './piece-reader.ts';

test('law: pieces are the stream, each of the length asked for but the last; an error comes after all of them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 20 })),
      fc.integer({ min: 1, max: 30 }),
      fc.boolean(),
      async (chunks, size, fails) => {
        const broken = new Error('cut');
        const pieces = new PieceReader(
          Readable.from(
            (function* () {
              yield* chunks;
              if (fails) throw broken;
            })(),
            { objectMode: false },
          ),
        );
        const read: Buffer[] = [];
        while (await pieces.hasMore()) {
          const piece: Uint8Array[] = [];
          for await (const chunk of pieces.next(size)) piece.push(chunk);
          read.push(Buffer.concat(piece));
        }
        expect(Buffer.concat(read).equals(Buffer.concat(chunks))).toBe(true);
        for (const piece of read.slice(0, -1)) expect(piece).toHaveLength(size);
        if (read.length > 0) expect(read.at(-1)?.length).toBeGreaterThan(0);
        expect(pieces.error).toBe(fails ? broken : undefined);
      },
    ),
  );
});
