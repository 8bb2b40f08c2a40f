import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fit, pan, place, visibleRegion, zoom, type View } from './view.ts';

const size = (most: number) =>
  fc.record({ width: fc.integer({ min: 1, max: most }), height: fc.integer({ min: 1, max: most }) });
const point = fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }) });
const moves = fc.array(fc.record({ factor: fc.double({ min: 0.2, max: 5, noNaN: true }), at: point, by: point }), {
  maxLength: 8,
});
const any = fc.record({ picture: size(60_000), stage: size(2000), moves });
type Any = typeof any extends fc.Arbitrary<infer T> ? T : never;

const after = ({ picture, stage, moves }: Any): View =>
  moves.reduce(
    (view, { factor, at, by }) => pan(zoom(view, factor, at, picture, stage), by, picture, stage),
    fit(picture, stage),
  );

describe('a view of a picture', () => {
  it('never leaves the picture, wherever it is moved', () => {
    fc.assert(
      fc.property(any, (given) => {
        const { x, y, width, height } = visibleRegion(after(given), given.picture, given.stage);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
        expect(x + width).toBeLessThanOrEqual(given.picture.width);
        expect(y + height).toBeLessThanOrEqual(given.picture.height);
      }),
    );
  });

  it('shows all of it at first, and again when it is made as small as possible', () => {
    fc.assert(
      fc.property(any, (given) => {
        const { picture, stage } = given;
        const all = { x: 0, y: 0, ...picture };
        expect(visibleRegion(fit(picture, stage), picture, stage)).toEqual(all);
        const small = zoom(after(given), 1e-9, { x: 0, y: 0 }, picture, stage);
        expect(visibleRegion(small, picture, stage)).toEqual(all);
      }),
    );
  });

  it('keeps the point under the pointer while it is enlarged', () => {
    const picture = { width: 10_000, height: 8000 };
    const stage = { width: 800, height: 600 };
    const view = { x: 5000, y: 4000, scale: 0.5 };
    const at = { x: 120, y: -70 };
    const nearer = zoom(view, 2, at, picture, stage);
    expect(nearer.x + at.x / nearer.scale).toBeCloseTo(view.x + at.x / view.scale);
    expect(nearer.y + at.y / nearer.scale).toBeCloseTo(view.y + at.y / view.scale);
    const { x, width } = place({ x: 0, y: 0, ...picture }, nearer, stage);
    expect([x, width]).toEqual([400 - nearer.x, 10_000]);
  });
});
