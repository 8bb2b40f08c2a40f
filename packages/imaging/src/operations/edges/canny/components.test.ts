import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRaster, type Raster } from '../../../raster.ts';
import { pictures } from '../../picture.fixture.ts';
import { NONE, STRONG } from './classify.ts';
import { findComponents } from './components.ts';

/** The same by flooding from each pixel: a number for each component, 0 for none, and which are strong. */
function flood({ width, height, data }: Raster): { readonly numbers: Int32Array; readonly strong: Set<number> } {
  const numbers = new Int32Array(data.length);
  const strong = new Set<number>();
  let next = 0;
  for (let start = 0; start < data.length; start++) {
    if (data[start] === NONE || numbers[start] !== 0) continue;
    const number = ++next;
    const waiting = [start];
    numbers[start] = number;
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (data[at] === STRONG) strong.add(number);
      const [x, y] = [at % width, Math.floor(at / width)];
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const near = at + dy * width + dx;
          if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
          if (data[near] === NONE || numbers[near] !== 0) continue;
          numbers[near] = number;
          waiting.push(near);
        }
      }
    }
  }
  return { numbers, strong };
}

const classes = fc
  .tuple(pictures(40), fc.constantFrom(40, 100, 160, 220))
  .map(([{ width, height, data }, density]): Raster => {
    const raster = createRaster(width, height, 1);
    for (let at = 0; at < raster.data.length; at++) {
      const value = data[at]!;
      raster.data[at] = value < density ? 0 : value % 7 === 0 ? 2 : 1;
    }
    return raster;
  });

describe('findComponents', () => {
  it('finds what flooding finds', () => {
    fc.assert(
      fc.property(classes, (raster) => {
        const { runs, roots, strong } = findComponents(raster);
        const { starts, ends, rows } = runs;
        const { numbers, strong: wanted } = flood(raster);
        const covered = new Uint8Array(raster.data.length);
        const numberOfRoot = new Map<number, number>();
        for (let y = 0; y < raster.height; y++) {
          for (let run = rows[y]!; run < rows[y + 1]!; run++) {
            const root = roots[run]!;
            for (let x = starts[run]!; x < ends[run]!; x++) {
              const number = numbers[y * raster.width + x]!;
              covered[y * raster.width + x] = 1;
              if (!numberOfRoot.has(root)) numberOfRoot.set(root, number);
              expect(number).toBe(numberOfRoot.get(root));
            }
            expect(strong[root] === 1).toBe(wanted.has(numberOfRoot.get(root)!));
          }
        }
        expect(new Set(numberOfRoot.values()).size).toBe(numberOfRoot.size);
        expect(covered).toEqual(raster.data.map((value) => (value === NONE ? 0 : 1)));
      }),
      { numRuns: 300 },
    );
  });

  it('takes a comb of 2000 teeth and 2000 rows without recursion', () => {
    const raster = createRaster(4001, 2000, 1);
    for (let y = 0; y < 1999; y++) for (let x = 0; x < 4001; x += 2) raster.data[y * 4001 + x] = 1;
    raster.data.fill(1, 1999 * 4001);
    raster.data[0] = STRONG;
    const { roots, strong } = findComponents(raster);
    expect(new Set(roots)).toEqual(new Set([0]));
    expect(strong[0]).toBe(1);
  });
});
