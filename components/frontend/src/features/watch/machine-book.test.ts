import type { TaskDto } from '@tessera/contracts';
import { expect, it } from 'vitest';
import { MachineBook } from './machine-book.ts';

const task = (stage: number, index: number, state: TaskDto['state'], executor: string | null): TaskDto => ({
  ...{ stage, index, kind: stage < 2 ? 'render' : 'assemble', state, executor, attempts: 1, milliseconds: 1 },
  region: { x: 0, y: 0, width: 1, height: 1 },
});
const shown = (book: MachineBook, tasks: readonly TaskDto[]) =>
  book.work(tasks).map(({ executor, regions, running }) => [executor, regions, running.length]);

it('counts each region of a machine once, whatever the stages, and what everybody works on', () => {
  const tasks = [task(0, 0, 'done', 'a'), task(0, 1, 'running', 'b'), task(1, 0, 'done', 'a'), task(2, 0, 'done', 'c')];
  expect(shown(new MachineBook(), tasks)).toEqual([
    ['a', 1, 0],
    ['b', 0, 1],
  ]);
});

it('counts anew what changed only, to the same figures', () => {
  const book = new MachineBook();
  let tasks: readonly TaskDto[] = Array.from({ length: 40 }, (_, n) => task(n % 2, n >> 1, 'published', null));
  for (let round = 0; round < 60; round += 1) {
    const place = (round * 7) % tasks.length;
    const { stage, index } = tasks[place]!;
    const next = task(stage, index, round % 3 === 0 ? 'running' : 'done', 'abc'[round % 3]!);
    tasks = tasks.map((old, n) => (n === place ? next : old));
    expect(shown(book, tasks)).toEqual(shown(new MachineBook(), tasks));
  }
});

it('begins anew with the tasks of another stage', () => {
  const book = new MachineBook();
  book.work([task(0, 0, 'done', 'a')]);
  expect(shown(book, [task(0, 0, 'done', 'a'), task(1, 0, 'running', 'a')])).toEqual([['a', 1, 1]]);
});
