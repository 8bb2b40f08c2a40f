import { expect, it } from 'vitest';
import { boundsOf, isBounds, outlineOfBounds, sidesOf } from './bounds.ts';

it('two opposite corners in any order make the same area', () => {
  const [a, , b] = outlineOfBounds([10, 45, 11, 46]);
  expect(boundsOf(a!, b!)).toEqual([10, 45, 11, 46]);
  expect(boundsOf(b!, a!)).toEqual([10, 45, 11, 46]);
});

it('an area drawn across the antimeridian goes the short way, from either edge of the map', () => {
  const across = [179, -18, -179, -16] as const;
  const [a, , b] = outlineOfBounds(across);
  expect(b![0]).toBeGreaterThan(a![0]);
  const world = 2 * 20_037_508.342789244;
  for (const turns of [-1, 0, 1]) {
    const moved = [a!, b!].map(([x, y]) => [x + turns * world, y] as const);
    expect(boundsOf(moved[0]!, moved[1]!)).toEqual(across);
    expect(boundsOf(moved[1]!, moved[0]!)).toEqual(across);
  }
  const [width, height] = sidesOf(across);
  expect(width / height).toBeCloseTo(Math.cos((17 * Math.PI) / 180), 3);
  expect(isBounds(across)).toBe(true);
});

it('a degree of latitude is about 111 km, one of longitude half of it at 60° north', () => {
  const [width, height] = sidesOf([10, 59.5, 11, 60.5]);
  expect(height / 1000).toBeCloseTo(111.2, 1);
  expect(width / height).toBeCloseTo(0.5, 3);
});

it('an area has a width and a height', () => {
  expect(isBounds([1, 2, 3, 4])).toBe(true);
  expect(isBounds([1, 2, 1, 4])).toBe(false);
  expect(isBounds([1, Number.NaN, 3, 4])).toBe(false);
});
