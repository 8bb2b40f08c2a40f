import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeColours } from './compose-colours.ts';
import { toLevels } from './levels.ts';
import { paint, paintOpaque } from './paint.ts';

const range = { low: -1, high: 1 };

describe('toLevels', () => {
  it('has the nearest of 256 levels, and not beyond the ends', () => {
    const samples = Float32Array.of(-5, -1, -0.998, -0.99, 0, 0.99, 1, 7, -Infinity, Infinity, NaN);
    expect([...toLevels(samples, range)]).toEqual([0, 0, 0, 1, 128, 254, 255, 255, 0, 255, 0]);
  });

  it('has a middle where both ends are one', () => {
    expect([...toLevels(Int16Array.of(-4, 5, 6), { low: 5, high: 5 })]).toEqual([0, 128, 255]);
  });

  it.each([Uint8Array, Int8Array, Uint16Array, Int16Array])('looks %o up in a table with the same result', (Type) => {
    const samples = new Type(70_000);
    for (let i = 0; i < samples.length; i++) samples[i] = i * 7;
    const limits = { low: -90.5, high: 20_000 };
    const piecewise = Array.from({ length: 2 }, (_, half) =>
      toLevels(samples.slice(half * 35_000, (half + 1) * 35_000), limits),
    );
    expect(Buffer.compare(toLevels(samples, limits), Buffer.concat(piecewise))).toBe(0);
  });

  it('never falls where samples rise', () => {
    const sorted = fc.float64Array({ noNaN: true, maxLength: 20 }).map((all) => all.sort());
    fc.assert(
      fc.property(sorted, (samples) => {
        const levels = toLevels(samples, range);
        return levels.every((level, i) => i === 0 || level >= levels[i - 1]!);
      }),
    );
  });
});

describe('paint', () => {
  it('has the ends of the ramp at the ends of the range, and nothing where nothing was measured', () => {
    const samples = Float32Array.of(-1, 1, 1);
    const valid = Uint8Array.of(1, 1, 0);
    expect([...paint(samples, valid, 'viridis', range)]).toEqual([68, 1, 84, 255, 253, 231, 37, 255, 0, 0, 0, 0]);
    expect([...paintOpaque(samples, valid, 'viridis', range)]).toEqual([68, 1, 84, 253, 231, 37, 0, 0, 0]);
    expect([...paint(samples, undefined, 'greys', range).subarray(8)]).toEqual([255, 255, 255, 255]);
  });
});

describe('composeColours', () => {
  it('makes a colour of three bands', () => {
    const bands = [Uint16Array.of(0, 1000), Uint16Array.of(500, 600), Uint16Array.of(1000, 0)];
    const block = {
      x: 0,
      y: 0,
      width: 2,
      height: 1,
      type: 'uint16',
      bands,
      valid: [undefined, Uint8Array.of(1, 0)],
    } as const;
    const all = { low: 0, high: 1000 };
    expect([...composeColours(block, [2, 1, 0], [all, all, all])]).toEqual([255, 128, 0, 255, 0, 0, 0, 0]);
    expect(() => composeColours(block, [2, 1, 3], [all, all, all])).toThrow(
      expect.objectContaining({ code: 'INTERNAL' }),
    );
  });
});
