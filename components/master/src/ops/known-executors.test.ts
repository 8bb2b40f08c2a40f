import { expect, it } from 'vitest';
import type { ExecutorState } from '../background/executor-registry.ts';
import { presence } from '../testing/scripted-executor.ts';
import { KnownExecutors } from './known-executors.ts';

it('remembers who left for an hour, and what everybody did', () => {
  let now = 1_000_000;
  let living: ExecutorState[] = [];
  const { v: _version, ...state } = presence(2);
  const come = (...names: string[]): void => {
    living = names.map((executor) => ({ ...state, executor, seenSecondsAgo: 1 }));
  };
  const known = new KnownExecutors(
    () => living,
    () => now,
  );
  come('b', 'a');
  known.sample(5, new Map([['a', { done: 10, milliseconds: 500 }]]));
  come('b');
  now += 60_000;
  expect(known.list().map(({ presence: { executor }, alive }) => [executor, alive])).toEqual([
    ['b', true],
    ['a', false],
  ]);
  expect(known.list()[1]).toMatchObject({ seenAt: 999_000, knownSince: 1_000_000, samples: [{ done: 10 }] });
  now += 3_600_000;
  expect(known.list().map(({ presence: { executor } }) => executor)).toEqual(['b']);
  come();
  for (let n = 0; n < 150; n++) {
    come(`one-${String(n)}`);
    known.sample(5, new Map());
  }
  come();
  expect(known.list()).toHaveLength(100);
});
