import { expect, it } from 'vitest';
import { boundsOf, isBounds, outlineOfBounds, sidesOf } from './bounds.ts';

it('two opposite corners in any order make the same area', () => {
  const [a, , b] = outlineOfBounds([10, 45, 11, 46]);
  expect(boundsOf(a!, b!)).toEqual([10, 45, 11, 46]);
  expect(boundsOf(b!, a!)).toEqual([10, 45, 11, 46]);
});

it('a degree of latitude is about 111 km, one of longitude half of it at 60° north', () => {
  const [width, height] = sidesOf([10, 59.5, 11, 60.5]);
  expect(height / 1000).toBeCloseTo(111.2, 1);
  expect(width / height).toBeCloseTo(0.5, 3);
});

it('an area has a width and a height', () => {
  expect(isBounds([1, 2, 3, 4])).toBe(true);
  expect(isBounds([3, 2, 1, 4])).toBe(false);
  expect(isBounds([1, Number.NaN, 3, 4])).toBe(false);
});
