import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleTiles } from './visible-tiles.ts';

/** Levels that halve until the picture fits into one tile, smallest first. */
function zoomOf(width: number, height: number, tileSize = 256) {
  const levels = [{ width, height }];
  while (Math.max(levels[0]?.width ?? 0, levels[0]?.height ?? 0) > tileSize) {
    levels.unshift({ width: Math.ceil((levels[0]?.width ?? 1) / 2), height: Math.ceil((levels[0]?.height ?? 1) / 2) });
  }
  return { state: 'ready' as const, share: 1, width, height, tileSize, levels };
}

describe('visibleTiles', () => {
  it('cover what is seen, with few tiles, at any scale', () => {
    const side = fc.integer({ min: 1, max: 30_000 });
    fc.assert(
      fc.property(
        side,
        side,
        fc.double({ min: 0.01, max: 4, noNaN: true }),
        fc.nat(),
        fc.nat(),
        (width, height, scale, a, b) => {
          const seen = { x: a % width, y: b % height };
          const region = {
            ...seen,
            width: Math.min(width - seen.x, Math.ceil(1200 / scale)),
            height: Math.min(height - seen.y, Math.ceil(800 / scale)),
          };
          const tiles = visibleTiles(zoomOf(width, height), region, scale);
          expect(tiles.length).toBeLessThanOrEqual(108);
          const right = Math.max(...tiles.map(({ region: { x, width: w } }) => x + w));
          const bottom = Math.max(...tiles.map(({ region: { y, height: h } }) => y + h));
          expect(Math.min(...tiles.map(({ region: { x } }) => x))).toBeLessThanOrEqual(region.x);
          expect(Math.min(...tiles.map(({ region: { y } }) => y))).toBeLessThanOrEqual(region.y);
          expect(right).toBeGreaterThanOrEqual(region.x + region.width - 1e-6);
          expect(bottom).toBeGreaterThanOrEqual(region.y + region.height - 1e-6);
        },
      ),
    );
  });

  it('take the level that is just fine enough', () => {
    const zoom = zoomOf(2048, 2048);
    expect(visibleTiles(zoom, { x: 0, y: 0, width: 2048, height: 2048 }, 0.125)).toMatchObject([{ level: 0 }]);
    expect(visibleTiles(zoom, { x: 0, y: 0, width: 10, height: 10 }, 5)).toMatchObject([
      { level: 3, column: 0, row: 0 },
    ]);
    expect(visibleTiles(zoom, { x: 0, y: 0, width: 2048, height: 10 }, 0.3)).toMatchObject([{ level: 2 }, {}, {}, {}]);
  });
});
