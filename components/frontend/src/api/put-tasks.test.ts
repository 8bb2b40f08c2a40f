import type { TaskChange, TaskDto } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { mergeTasks, putTasks } from './put-tasks.ts';

const task = (stage: number, index: number, state: TaskDto['state']): TaskDto => ({
  stage,
  index,
  kind: 'render',
  region: null,
  state,
  executor: null,
  attempts: 0,
  milliseconds: null,
});
const change = (stage: number, index: number, state: TaskDto['state']): TaskChange => ({
  ...task(stage, index, state),
  job: 'j',
});

describe('putTasks', () => {
  it('replaces by stage and index, appends new tasks, and lets the last change win', () => {
    const next = putTasks(
      [task(0, 0, 'running'), task(0, 1, 'ready')],
      [change(0, 1, 'running'), change(1, 0, 'ready'), change(0, 1, 'done')],
    );
    expect(next.map(({ stage, index, state }) => [stage, index, state])).toEqual([
      [0, 0, 'running'],
      [0, 1, 'done'],
      [1, 0, 'ready'],
    ]);
  });
});

describe('mergeTasks', () => {
  it('keeps done tasks done when an older list arrives, and takes all else from it', () => {
    const merged = mergeTasks(
      [task(0, 0, 'done'), task(0, 1, 'running')],
      [task(0, 0, 'running'), task(0, 1, 'ready'), task(1, 0, 'ready')],
    );
    expect(merged.map(({ state }) => state)).toEqual(['done', 'ready', 'ready']);
  });
});
