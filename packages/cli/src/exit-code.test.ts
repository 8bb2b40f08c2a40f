import { describe, expect, it } from 'vitest';
import { exitCodeOf } from './exit-code.ts';

describe('exitCodeOf', () => {
  it.each([
    [[], 0],
    [['done', 'skipped'], 0],
    [['refused'], 4],
    [['failed', 'failed'], 7],
    [['done', 'failed'], 3],
    [['refused', 'failed'], 3],
    [['skipped', 'refused'], 3],
  ] as const)('of %j is %i', (ends, code) => {
    expect(exitCodeOf(ends)).toBe(code);
  });
});
