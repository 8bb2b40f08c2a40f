import type { PartMemory } from './part-memory.ts';

export interface BodyPart {
  /** Counts from 1. */
  readonly number: number;
  readonly bytes: Buffer;
  readonly isLast: boolean;
}

/** Memory that the first part begins with: most bodies are small. */
const FIRST_BYTES = 64 * 1024;

/**
 * Cuts chunks into parts of exactly `sizeOf(number)` bytes, the last one smaller; a body without bytes is one empty
 * part. A part is given out as soon as it is known whether another one follows. Each part has memory of its own, all but
 * the first taken from `memory`.
 */
export async function* bodyParts(
  chunks: AsyncIterable<Uint8Array>,
  sizeOf: (number: number) => number,
  memory: PartMemory,
): AsyncGenerator<BodyPart, void, void> {
  let number = 1;
  let part: Buffer = Buffer.allocUnsafe(Math.min(FIRST_BYTES, sizeOf(1)));
  let used = 0;
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length;) {
      if (used === sizeOf(number)) {
        yield { number, bytes: part.subarray(0, used), isLast: false };
        number += 1;
        part = memory.take(sizeOf(number));
        used = 0;
      }
      const piece = chunk.subarray(start, start + sizeOf(number) - used);
      part = withRoom(part, used, used + piece.length, sizeOf(number));
      part.set(piece, used);
      used += piece.length;
      start += piece.length;
    }
  }
  yield { number, bytes: part.subarray(0, used), isLast: true };
}

/** The memory itself if it is large enough, else its first `used` bytes in at least twice as much, at most `most`. */
function withRoom(memory: Buffer, used: number, needed: number, most: number): Buffer {
  if (needed <= memory.length) return memory;
  const larger = Buffer.allocUnsafe(Math.min(Math.max(needed, 2 * memory.length), most));
  memory.copy(larger, 0, 0, used);
  return larger;
}
