import { describe, expect, it } from 'vitest';
import { isAbsurd } from './absurd.ts';

const estimate = (bytes: number, seconds: number | null = 1) => ({
  bytes: { low: bytes, high: bytes * 2 },
  seconds: seconds === null ? null : { low: seconds, high: seconds * 2 },
  largest: { width: 1, height: 1 },
  split: 0,
});

describe('isAbsurd', () => {
  it.each([
    ['an ordinary photograph', estimate(8e6), 4e6, false],
    ['a large scan that stays as large', estimate(3e9, 900), 2.5e9, false],
    ['gigabytes of few bytes', estimate(2e9), 4e6, true],
    ['a result many times as large as a large original', estimate(9e9), 2e9, true],
    ['hours of work', estimate(8e6, 7200), 4e6, true],
    ['nobody at work', estimate(8e6, null), 4e6, false],
  ])('%s: %j', (_, given, sourceBytes, absurd) => {
    expect(isAbsurd(given, sourceBytes)).toBe(absurd);
  });
});
