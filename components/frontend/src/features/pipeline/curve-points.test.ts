import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addPoint, movePoint, readCurve, removePoint, writeCurve, type CurvePoint } from './curve-points.ts';

const straight: readonly CurvePoint[] = [
  [0, 0],
  [255, 255],
];
const anywhere = fc.tuple(
  fc.double({ min: -50, max: 300, noNaN: true }),
  fc.double({ min: -50, max: 300, noNaN: true }),
);

describe('points of a curve', () => {
  it('stay a curve whatever is done to them', () => {
    const edits = fc.array(fc.tuple(fc.constantFrom('add', 'move', 'remove'), fc.nat(20), anywhere), { maxLength: 30 });
    fc.assert(
      fc.property(edits, (changes) => {
        let points = straight;
        for (const [edit, at, point] of changes) {
          const index = at % points.length;
          if (edit === 'add') points = addPoint(points, point);
          else points = edit === 'move' ? movePoint(points, index, point) : removePoint(points, index);
        }
        expect(readCurve(writeCurve(points))).toEqual(points);
      }),
    );
  });

  it('are no curve where they go back, or are too few', () => {
    for (const text of ['', '0 0', '0 0 / 0 9', '9 0 / 3 0', '0 0 / 256 0', '0 0 / 9', 'a b / c d']) {
      expect(readCurve(text)).toBeUndefined();
    }
    expect(readCurve(' 0 0/128  160 / 255 255 ')).toHaveLength(3);
  });
});
