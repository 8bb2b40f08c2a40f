import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { requireSpace } from './free-space.ts';

it('refuses what the disk can not hold', () => {
  expect(() => requireSpace(tmpdir(), 1)).not.toThrow();
  expect(() => requireSpace(tmpdir(), 2 ** 62)).toThrow(
    expect.objectContaining({ code: 'SCRATCH_FULL', retryable: true }),
  );
});
