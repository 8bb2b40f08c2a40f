import { expect, test } from 'vitest';
import { waitsFor, type Takers } from './waits-for.ts';

const job = { state: 'queued', strategy: 'balanced', working: false, plan: { kernel: '1' } } as const;
const takers = (change: Partial<Takers>) => (): Takers => ({ unknown: false, living: 2, willing: 0, ...change });

test.each([
  ['nobody lives', job, { living: 0 }, 'executor'],
  ['nobody lives who could go on with what was begun', { ...job, working: true }, { living: 0 }, 'executor'],
  ['nobody is willing', job, {}, 'willing-executor'],
  ['one is willing', job, { willing: 1 }, undefined],
  ['what was begun goes on', { ...job, state: 'running', working: true }, {}, undefined],
  ['the next stage finds nobody willing', { ...job, state: 'running' }, {}, 'willing-executor'],
  ['it has ended', { ...job, state: 'failed' }, { living: 0 }, undefined],
  ['nothing is known yet', job, { living: 0, unknown: true }, undefined],
] as const)('%s', (_, row, known, expected) => {
  expect(waitsFor(row, takers(known))).toBe(expected);
});
