import type { AttemptDto, TaskDto } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { TaskHistory } from './task-history.ts';

const STAGES = [
  { kind: 'render', tasks: 2, done: 2 },
  { kind: 'assemble', tasks: 1, done: 1 },
];
const task = (stage: number, index: number): TaskDto => ({
  ...{ stage, index, kind: STAGES[stage]!.kind, state: 'done', executor: 'b', attempts: 1, milliseconds: 1 },
  region: stage === 0 ? { x: 0, y: 16 * index, width: 8, height: 16 } : null,
});
const TASKS = [task(0, 0), task(0, 1), task(1, 0)];

const attempt = (
  place: readonly [stage: number, index: number, attempt: number],
  [began, ended]: readonly [number, number | null],
  outcome: AttemptDto['outcome'],
  executor = 'a',
): AttemptDto => ({ stage: place[0], index: place[1], attempt: place[2], began, ended, outcome, executor });

const ATTEMPTS = [
  attempt([0, 0, 1], [100, 400], 'done'),
  attempt([0, 1, 1], [110, 300], 'lost'),
  attempt([0, 1, 2], [350, 700], 'done', 'b'),
  attempt([1, 0, 1], [750, 800], 'done', 'b'),
];

describe('the tasks of a job at a time', () => {
  const history = new TaskHistory({ state: 'done', stages: STAGES }, TASKS, ATTEMPTS);
  const at = (time: number) => history.at(time).map(({ state, executor, attempts }) => [state, executor, attempts]);

  it('are those of the stages begun by then', () => {
    expect(at(0)).toEqual([
      ['ready', null, 0],
      ['ready', null, 0],
    ]);
    expect(history.at(699)).toHaveLength(2);
    expect(history.at(700)).toHaveLength(3);
  });

  it('are those behind rounds that were passed over as soon as these are', () => {
    const [render, assemble] = STAGES;
    const stages = [render!, { kind: 'observe', tasks: 2, done: 2, passedOver: true as const }, assemble!];
    const tasks = [TASKS[0]!, TASKS[1]!, { ...TASKS[2]!, stage: 2 }];
    const attempts = [...ATTEMPTS.slice(0, 3), { ...ATTEMPTS[3]!, stage: 2 }];
    const passing = new TaskHistory({ state: 'done', stages }, tasks, attempts);
    expect([passing.at(699).length, passing.at(700).length]).toEqual([2, 3]);
  });

  it('run while an attempt is under way, and are tried again after it was lost', () => {
    expect(at(200)).toEqual([
      ['running', 'a', 1],
      ['running', 'a', 1],
    ]);
    expect(at(320)).toEqual([
      ['running', 'a', 1],
      ['ready', null, 1],
    ]);
    expect(at(600)).toEqual([
      ['done', 'a', 1],
      ['running', 'b', 2],
    ]);
    expect(at(9000).map(([state]) => state)).toEqual(['done', 'done', 'done']);
    expect(history.at(9000)[1]?.milliseconds).toBe(350);
  });

  it('fail only when nobody tried again', () => {
    const failed = [
      attempt([0, 0, 1], [100, 200], 'failed'),
      attempt([0, 0, 2], [300, 400], 'failed'),
      attempt([0, 1, 1], [100, 400], 'cancelled'),
    ];
    const ended = new TaskHistory({ state: 'failed', stages: STAGES }, TASKS.slice(0, 2), failed);
    expect(ended.at(250).map(({ state }) => state)).toEqual(['ready', 'running']);
    expect(ended.at(450).map(({ state }) => state)).toEqual(['failed', 'cancelled']);
    const redriven = new TaskHistory({ state: 'running', stages: STAGES }, TASKS.slice(0, 2), failed);
    expect(redriven.at(450)[0]?.state).toBe('ready');
  });
});
