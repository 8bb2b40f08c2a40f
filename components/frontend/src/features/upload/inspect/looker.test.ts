import { describe, expect, it } from 'vitest';
import type { Look } from './file-facts.ts';
import type { Answer, Question } from './look-worker.ts';
import { WorkerLooker } from './looker.ts';

const LOOK: Look = { facts: { format: 'gif', width: 3, height: 2, progressive: false }, orientation: 1 };

/** A worker whose answers the test gives. */
class ScriptedWorker extends EventTarget {
  readonly asked: Question[] = [];
  postMessage(question: Question): void {
    this.asked.push(question);
  }
  answer(data: Answer): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

function looker(cores: number) {
  const worker = new ScriptedWorker();
  return { worker, looker: new WorkerLooker(() => worker as unknown as Worker, cores) };
}
const blob = (): Blob => new Blob(['x']);

describe('looking at files', () => {
  it('goes on to the picture of the first by itself, and of no more than there is room for', async () => {
    const { worker, looker: one } = looker(2);
    const files = [blob(), blob(), blob()];
    const looks = files.map((file) => one.look(file, undefined, true));
    expect(worker.asked.map((question) => question.kind === 'look' && question.goOn)).toEqual([true, false, false]);
    for (const { id } of [...worker.asked]) worker.answer({ kind: 'look', id, look: LOOK });
    expect(await Promise.all(looks)).toEqual([LOOK, LOOK, LOOK]);
    const pictures = files.map((file) => one.draw(file, LOOK));
    // The first is under way: the others wait for it.
    expect(worker.asked).toHaveLength(3);
    const picture = blob();
    worker.answer({ kind: 'draw', id: worker.asked[0]!.id, picture });
    expect(await pictures[0]).toBe(picture);
    expect(worker.asked.slice(3)).toMatchObject([{ kind: 'draw', file: files[1] }]);
    worker.answer({ kind: 'draw', id: worker.asked[3]!.id });
    expect(await pictures[1]).toBeUndefined();
    expect(worker.asked.slice(4)).toMatchObject([{ kind: 'draw', file: files[2] }]);
  });

  it('draws side by side on machines with more cores, and nothing that is not wanted', async () => {
    const { worker, looker: many } = looker(16);
    const wanted = Array.from({ length: 8 }, (_, n) => n !== 1);
    for (const drawn of wanted) void many.look(blob(), undefined, drawn);
    const goOn = worker.asked.map((question) => question.kind === 'look' && question.goOn);
    expect(goOn).toEqual([true, false, true, true, true, false, false, false]);
    worker.dispatchEvent(new Event('error'));
    expect(await many.draw(worker.asked[0]!.file, LOOK)).toBeUndefined();
  });
});
