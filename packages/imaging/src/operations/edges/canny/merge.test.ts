import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRaster, type Raster } from '../../../raster.ts';
import { gridCount, gridRegion } from '../../../region.ts';
import { noise, pictures } from '../../picture.fixture.ts';
import { cut } from '../../run-on-grid.fixture.ts';
import { bitAt } from '../../../components/bits.ts';
import { labelBorder } from './border-labels.ts';
import { findComponents } from './components.ts';
import { mergeLabels } from './merge.ts';

/** Classes of which about `edges` in 256 are an edge and few of these strong: components are long and undecided. */
const classes = fc
  .tuple(pictures(48), fc.nat(), fc.constantFrom(70, 100, 128, 160))
  .map(([{ width, height }, seed, edges]): Raster => {
    const levels = noise(width, height, 1, seed, 256);
    const strong = noise(width, height, 1, seed ^ 0x5bd1e995, 256);
    return { ...levels, data: levels.data.map((level, at) => (level >= edges ? 0 : strong.data[at]! < 12 ? 2 : 1)) };
  });

const side = fc.oneof(fc.constantFrom(1, 2, 3), fc.integer({ min: 1, max: 50 }));

/** Pixels whose component is strong in the picture as a whole. */
function keptOfWhole(raster: Raster): Uint8Array {
  const { runs, roots, strong } = findComponents(raster);
  const { starts, ends, rows } = runs;
  const kept = new Uint8Array(raster.data.length);
  for (let y = 0; y < raster.height; y++) {
    for (let run = rows[y]!; run < rows[y + 1]!; run++) {
      kept.fill(strong[roots[run]!]!, y * raster.width + starts[run]!, y * raster.width + ends[run]!);
    }
  }
  return kept;
}

describe('mergeLabels', () => {
  it('tells of every component in every cell what the whole picture tells', () => {
    fc.assert(
      fc.property(classes, side, side, (raster, width, height) => {
        const grid = { width, height };
        const wanted = keptOfWhole(raster);
        const cells = Array.from({ length: gridCount(grid, raster) }, (_, cell) => {
          const region = gridRegion(grid, raster, cell);
          const components = findComponents(cut(raster, region).raster);
          return { region, components, border: labelBorder(components, region, raster) };
        });
        const state = mergeLabels(
          cells.map(({ border }) => border),
          grid,
          raster,
        );
        expect(state).toHaveLength(cells.length);
        for (const [cell, { region, components, border }] of cells.entries()) {
          for (const [label, root] of border.roots.entries()) {
            // A root is the first run of its component; it tells for all of it.
            const y = components.runs.rows.findLastIndex((first) => first <= root);
            const x = components.runs.starts[root]!;
            const at = (region.y + y) * raster.width + region.x + x;
            expect(bitAt(state[cell]!, label)).toBe(wanted[at] === 1);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('joins cells that touch at corners only', () => {
    // A diagonal through four cells, strong at its end, in both directions.
    for (const pixels of [
      [0, 5, 10, 15],
      [3, 6, 9, 12],
    ]) {
      const picture = createRaster(4, 4, 1);
      for (const at of pixels) picture.data[at] = 1;
      picture.data[pixels[3]!] = 2;
      const grid = { width: 2, height: 2 };
      const cells = [0, 1, 2, 3].map((cell) => {
        const region = gridRegion(grid, picture, cell);
        return labelBorder(findComponents(cut(picture, region).raster), region, picture);
      });
      const state = mergeLabels(cells, grid, picture);
      expect(state.map((bits) => [...bits])).toEqual(cells.map(({ strong }) => (strong.length === 1 ? [1] : [])));
      expect(cells.filter(({ strong }) => strong.length === 1)).toHaveLength(2);
    }
  });
});
