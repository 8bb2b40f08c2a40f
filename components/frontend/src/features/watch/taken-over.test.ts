import type { AttemptDto, TaskDto } from '@tessera/contracts';
import { expect, it } from 'vitest';
import { takenOver } from './taken-over.ts';

const task = (index: number, state: TaskDto['state'], executor: string | null, kind = 'render'): TaskDto => ({
  ...{
    stage: kind === 'render' ? 0 : 1,
    index,
    kind,
    state,
    executor,
    attempts: 1,
    milliseconds: null,
    region: { x: 0, y: 0, width: 1, height: 1 },
  },
});
const lost = (index: number, executor: string | null, ended: number, stage = 0): AttemptDto => ({
  ...{ stage, index, attempt: 1, executor, began: 0, ended, outcome: 'lost' },
});

it('tells who has a region instead of whom', () => {
  const tasks = [
    task(0, 'running', 'b'),
    task(1, 'done', 'a'),
    task(2, 'published', null),
    task(3, 'done', 'c'),
    task(4, 'done', 'c'),
    task(0, 'done', 'b', 'assemble'),
  ];
  const attempts = [lost(0, 'a', 10), lost(1, 'a', 10), lost(2, 'a', 10), lost(3, 'a', 10), lost(3, 'b', 20)];
  const all = [...attempts, lost(4, null, 10), lost(0, 'a', 30, 1)];
  expect(takenOver(tasks, all)).toEqual([
    { index: 0, from: 'a', by: 'b' },
    { index: 3, from: 'b', by: 'c' },
  ]);
  expect(takenOver(tasks, all, 15)).toEqual([
    { index: 0, from: 'a', by: 'b' },
    { index: 3, from: 'a', by: 'c' },
  ]);
  expect(takenOver(tasks, all, 5)).toEqual([]);
});
