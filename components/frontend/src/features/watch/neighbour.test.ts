import { describe, expect, it } from 'vitest';
import { cellAt, neighbour } from './neighbour.ts';

const grid = Array.from({ length: 12 }, (_, n) => ({
  region: { x: (n % 4) * 10, y: Math.floor(n / 4) * 10, width: 10, height: 10 },
}));
const bands = Array.from({ length: 5 }, (_, n) => ({ region: { x: 0, y: n * 10, width: 100, height: 10 } }));

describe('arrow keys over regions', () => {
  it('go to the region beside, above and below', () => {
    expect(['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp'].map((key) => neighbour(grid, 5, key))).toEqual([
      6, 4, 9, 1,
    ]);
    expect([neighbour(grid, 5, 'Home'), neighbour(grid, 5, 'End'), neighbour(grid, 5, 'a')]).toEqual([
      0,
      11,
      undefined,
    ]);
  });

  it('go on in reading order at the sides, and stop at the ends', () => {
    expect([
      neighbour(grid, 3, 'ArrowRight'),
      neighbour(grid, 0, 'ArrowLeft'),
      neighbour(grid, 11, 'ArrowDown'),
    ]).toEqual([4, 0, 11]);
    expect([neighbour(bands, 1, 'ArrowRight'), neighbour(bands, 1, 'ArrowLeft')]).toEqual([2, 0]);
  });

  it('find the region under a point', () => {
    expect([cellAt(grid, { x: 25, y: 12 }), cellAt(grid, { x: 40, y: 0 })]).toEqual([6, undefined]);
  });
});
