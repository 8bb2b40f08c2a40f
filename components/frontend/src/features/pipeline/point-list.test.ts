import { readPoints } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { typedPoints, writePoints } from './point-list.ts';

describe('lists of points', () => {
  it('come back as they were written, also while a figure is missing', () => {
    for (const text of ['50 50', '0 100 / 12.5 33.333333', '50 – / – –'])
      expect(writePoints(typedPoints(text))).toBe(text);
    expect(typedPoints('50 – / 7 8')).toEqual([
      { x: 50, y: undefined },
      { x: 7, y: 8 },
    ]);
  });

  it('can be used with 1 to 8 points within the picture', () => {
    expect(readPoints('50 50 / 0 100')).toEqual([
      { x: 50, y: 50 },
      { x: 0, y: 100 },
    ]);
    for (const text of ['', '50', '50 – ', '50 101', '-1 5', Array(9).fill('1 1').join(' / ')]) {
      expect(readPoints(text), text).toBeUndefined();
    }
  });
});
