import type { TaskDto } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { RegionBook } from './region-book.ts';
import { countStates, isSplit } from './region-cell.ts';

const STAGES = [
  { kind: 'observe', tasks: 2, done: 0 },
  { kind: 'merge', tasks: 1, done: 0 },
  { kind: 'render', tasks: 2, done: 0 },
  { kind: 'assemble', tasks: 1, done: 0 },
];
const task = (stage: number, index: number, state: TaskDto['state'], attempts = 0): TaskDto => ({
  stage,
  index,
  kind: STAGES[stage]?.kind ?? '',
  region: STAGES[stage]?.tasks === 2 ? { x: 0, y: index * 16, width: 64, height: 16 } : null,
  state,
  executor: null,
  attempts,
  milliseconds: null,
});
const states = (...tasks: TaskDto[]) =>
  new RegionBook().cells({ stages: STAGES }, tasks).map(({ state, developed }) => [state, developed]);

describe('the regions of a job', () => {
  it('develops a region with each stage, and calls it done after the last', () => {
    expect(states(task(0, 0, 'done'), task(0, 1, 'running', 1))).toEqual([
      ['waiting', 0.5],
      ['running', 0],
    ]);
    expect(states(task(0, 0, 'done'), task(1, 0, 'done'), task(2, 0, 'done'))).toEqual([['done', 1]]);
  });

  it('names what is tried again and what failed', () => {
    expect(states(task(0, 0, 'running', 2), task(0, 1, 'ready', 1))).toEqual([
      ['retrying', 0],
      ['retrying', 0],
    ]);
    expect(states(task(0, 0, 'done'), task(2, 0, 'failed', 3))).toEqual([['failed', 0.5]]);
  });

  it('does not wait for rounds that were passed over', () => {
    const stages = [STAGES[0]!, STAGES[1]!, { ...STAGES[0]!, done: 2, passedOver: true as const }, STAGES[2]!];
    const cells = new RegionBook().cells({ stages }, [task(0, 0, 'done'), { ...task(2, 0, 'done'), stage: 3 }]);
    expect(cells.map(({ state, developed }) => [state, developed])).toEqual([['done', 1]]);
  });

  it('orders regions as the picture does', () => {
    const cells = new RegionBook().cells({ stages: STAGES }, [task(0, 1, 'ready'), task(0, 0, 'ready')]);
    expect(cells.map(({ region }) => region.y)).toEqual([0, 16]);
  });

  it('joins anew what changed only, to the same cells', () => {
    const book = new RegionBook();
    let tasks: readonly TaskDto[] = [0, 2].flatMap((stage) => [0, 1].map((index) => task(stage, index, 'ready')));
    let before = book.cells({ stages: STAGES }, tasks);
    for (const [n, next] of [task(0, 1, 'running'), task(2, 1, 'running', 2), task(2, 1, 'done', 2)].entries()) {
      tasks = tasks.map((old) => (old.stage === next.stage && old.index === next.index ? next : old));
      const cells = book.cells({ stages: STAGES }, tasks);
      expect(cells, String(n)).toEqual(new RegionBook().cells({ stages: STAGES }, tasks));
      expect(cells[0]).toBe(before[0]);
      expect(cells[1]).not.toBe(before[1]);
      expect(book.cells({ stages: STAGES }, tasks)).toBe(cells);
      before = cells;
    }
  });

  it('knows whom a region was taken over from', () => {
    const book = new RegionBook();
    const tasks = [task(0, 0, 'running'), task(0, 1, 'running')];
    expect(book.cells({ stages: STAGES }, tasks).map(({ takenFrom }) => takenFrom)).toEqual([null, null]);
    const taken = new Map([[1, 'a']]);
    expect(book.cells({ stages: STAGES }, tasks, taken).map(({ takenFrom }) => takenFrom)).toEqual([null, 'a']);
  });

  it('counts each state', () => {
    const cells = new RegionBook().cells({ stages: STAGES }, [task(0, 0, 'ready'), task(0, 1, 'running')]);
    expect(countStates(cells)).toEqual({ waiting: 1, running: 1, done: 0, retrying: 0, failed: 0 });
  });
});

describe('isSplit', () => {
  it('tells one region from several', () => {
    expect(isSplit({ stages: STAGES })).toBe(true);
    expect(isSplit({ stages: [{ kind: 'sequence', tasks: 1, done: 0 }] })).toBe(false);
  });
});
