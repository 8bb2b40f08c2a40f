import { describe, expect, it } from 'vitest';
import { SharedWork } from './shared-work.ts';
import { Turns } from './turns.ts';

const until = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });

describe('Turns', () => {
  it('lets so many in, the others in their order', async () => {
    const turns = new Turns(2);
    const ends = [0, 1, 2, 3].map(() => new AbortController());
    const begun: number[] = [];
    const runs = ends.map((end, n) => turns.run(undefined, () => (begun.push(n), until(end.signal))));
    await Promise.resolve();
    expect(begun).toEqual([0, 1]);
    ends[1]?.abort();
    await runs[1];
    await Promise.resolve();
    expect(begun).toEqual([0, 1, 2]);
    for (const end of ends) end.abort();
    await Promise.all(runs);
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  it('loses no turn to one that has left', async () => {
    const turns = new Turns(1);
    const [first, leaver] = [new AbortController(), new AbortController()];
    const running = turns.run(undefined, () => until(first.signal));
    const left = turns.run(leaver.signal, () => Promise.resolve('never'));
    const last = turns.run(undefined, () => Promise.resolve('done'));
    leaver.abort();
    await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
    first.abort();
    await running;
    expect(await last).toBe('done');
    await expect(turns.run(AbortSignal.abort(), () => Promise.resolve(1))).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('goes on after a failure', async () => {
    const turns = new Turns(1);
    await expect(turns.run(undefined, () => Promise.reject(new TypeError('no')))).rejects.toThrow('no');
    expect(await turns.run(undefined, () => Promise.resolve(2))).toBe(2);
  });
});

describe('SharedWork', () => {
  it('is done once for all, and given up when the last one leaves', async () => {
    const work = new SharedWork<number>();
    const [one, two] = [new AbortController(), new AbortController()];
    let calls = 0;
    let given: AbortSignal | undefined;
    const doIt = (signal: AbortSignal): Promise<number> => {
      calls += 1;
      given = signal;
      return until(signal).then(() => 7);
    };
    const asked = [work.run('a', one.signal, doIt), work.run('a', two.signal, doIt)].map((run) =>
      run.catch(() => 'gone'),
    );
    one.abort();
    await asked[0];
    expect([calls, given?.aborted]).toEqual([1, false]);
    two.abort();
    await asked[1];
    expect(given?.aborted).toBe(true);
    const again = new AbortController();
    const last = work.run('a', again.signal, () => Promise.resolve(3));
    expect(await last).toBe(3);
  });
});
