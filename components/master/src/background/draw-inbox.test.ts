import { expect, test } from 'vitest';
import { drawInbox, type WillingExecutor } from './draw-inbox.ts';

/** Uniform numbers from a seed: mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const executors = (count: number): readonly WillingExecutor[] =>
  Array.from({ length: count }, (_, n) => ({ executor: `executor-${n}`, inbox: `inbox-${n}`, kernel: '1' }));

/** Sum of squared deviations from equal shares, each over the share. */
function chiSquare(draws: readonly (string | undefined)[], names: readonly string[]): number {
  const share = draws.length / names.length;
  return names.reduce((sum, name) => sum + (draws.filter((drawn) => drawn === name).length - share) ** 2 / share, 0);
}

// Quantiles 0.1 % and 99.9 % of the chi-square distribution: too even is as suspicious as too uneven.
test.each([
  [2, 0.000002, 10.83],
  [3, 0.002, 13.82],
  [10, 1.15, 27.88],
])('%i executors are drawn alike', (count, low, high) => {
  const random = seeded(42);
  const willing = executors(count);
  const draws = Array.from({ length: 9000 }, () => drawInbox(willing, undefined, random)?.executor);
  const statistic = chiSquare(
    draws,
    willing.map(({ executor }) => executor),
  );
  expect(statistic).toBeGreaterThan(low);
  expect(statistic).toBeLessThan(high);
});

test('draws do not follow from those before', () => {
  const random = seeded(7);
  const willing = executors(3);
  const draws = Array.from({ length: 9001 }, () => drawInbox(willing, undefined, random)?.executor ?? '');
  const pairs = draws.slice(1).map((drawn, n) => `${draws[n] ?? ''} ${drawn}`);
  const names = willing.flatMap(({ executor: a }) => willing.map(({ executor: b }) => `${a} ${b}`));
  expect(chiSquare(pairs, names)).toBeLessThan(26.12);
});

test('the one that turned a task away is drawn only where there is no other', () => {
  const random = seeded(1);
  const willing = executors(3);
  const drawn = new Set(Array.from({ length: 200 }, () => drawInbox(willing, 'executor-1', random)?.executor));
  expect([...drawn].sort()).toEqual(['executor-0', 'executor-2']);
  expect(drawInbox(executors(1), 'executor-0', random)?.inbox).toBe('inbox-0');
  expect(drawInbox([], undefined, random)).toBeUndefined();
});
