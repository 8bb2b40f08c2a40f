import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { workbench } from '../tiles/workbench.ts';
import { compress } from './compress.ts';

const BYTES = 512 * 1024;
let state = 3;
const noise = Uint8Array.from({ length: BYTES }, () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  return (state >>> 16) % 100;
});
/** The same noise again and again. */
const repeated = Uint8Array.from({ length: BYTES }, (_, at) => noise[at % 5000]!);

describe('deflated tiles', () => {
  it.each([
    ['noise', noise],
    ['repeated', repeated],
    ['constant', new Uint8Array(BYTES)],
    ['short', noise.subarray(0, 100)],
    ['empty', new Uint8Array()],
  ])('come back: %s', (_name, bytes) => {
    for (const level of [1, 4, 9]) {
      for (const bench of [workbench(), null]) {
        const stored = compress({ compression: 'deflate', level }, bytes, bench);
        expect(Buffer.from(zlib.inflateSync(stored)).equals(bytes)).toBe(true);
      }
    }
  });

  it('are at most an eighth larger than zlib makes them', () => {
    for (const bytes of [noise, repeated]) {
      const stored = compress({ compression: 'deflate', level: 4 }, bytes);
      expect(stored.length).toBeLessThan(zlib.deflateSync(bytes, { level: 4 }).length * 1.125);
    }
  });
});
