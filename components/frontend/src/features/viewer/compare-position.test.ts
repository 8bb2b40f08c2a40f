import { describe, expect, it } from 'vitest';
import { positionAfterKey, positionOfPointer } from './compare-position.ts';

describe('positionAfterKey', () => {
  it.each([
    ['ArrowRight', 51],
    ['ArrowLeft', 49],
    ['ArrowUp', 51],
    ['ArrowDown', 49],
    ['PageUp', 60],
    ['PageDown', 40],
    ['Home', 0],
    ['End', 100],
    ['a', undefined],
  ])('%s leads from the middle to %s', (key, expected) => {
    expect(positionAfterKey(50, key)).toBe(expected);
  });

  it('stays within the picture', () => {
    expect(positionAfterKey(100, 'PageUp')).toBe(100);
    expect(positionAfterKey(0.4, 'ArrowLeft')).toBe(0);
  });
});

describe('positionOfPointer', () => {
  it('counts from the left', () => {
    expect(positionOfPointer(150, { left: 100, width: 200 })).toBe(25);
    expect(positionOfPointer(50, { left: 100, width: 200 })).toBe(0);
    expect(positionOfPointer(50, { left: 100, width: 0 })).toBe(50);
  });
});
