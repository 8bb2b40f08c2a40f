import { expect, it } from 'vitest';
import { unwrapPolygon } from './unwrap-polygon.ts';

it('leaves what stays on the map alone', () => {
  const ring = [
    [10, 0],
    [20, 0],
    [20, 10],
    [10, 0],
  ];
  expect(unwrapPolygon([ring])).toEqual([[ring]]);
});

it('gives what lies across the antimeridian once for each edge, with no jump', () => {
  const ring = [
    [170, 0],
    [-170, 0],
    [-170, 10],
    [170, 0],
  ];
  const east = [
    [170, 0],
    [190, 0],
    [190, 10],
    [170, 0],
  ];
  const west = east.map(([x = 0, y = 0]) => [x - 360, y]);
  expect(unwrapPolygon([ring])).toEqual([[east], [west]]);
});

it('closes what leads around a pole along the edge of the map', () => {
  const ring = [-180, -90, 0, 90, 180].map((x) => [x, -70]);
  const [polygon] = unwrapPolygon([ring]);
  expect(polygon?.[0]).toEqual([...ring, [180, -85.06], [-180, -85.06], [-180, -70]]);
  // Begun elsewhere it jumps on its way.
  const begun = [0, 90, 180, -90, 0].map((x) => [x, -70]);
  for (const [outer] of unwrapPolygon([begun])) {
    const steps = (outer ?? []).slice(1, 5).map(([x = 0], index) => x - (outer?.[index]?.[0] ?? 0));
    expect(steps).toEqual([90, 90, 90, 90]);
  }
});
