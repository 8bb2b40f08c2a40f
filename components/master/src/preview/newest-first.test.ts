import { describe, expect, it } from 'vitest';
import { NewestFirst } from './newest-first.ts';

const never = new AbortController().signal;

/** Work that ends when it is told to. */
function work(name: string, begun: string[]) {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { run: () => (begun.push(name), promise), end: () => resolve(name) };
}

describe('NewestFirst', () => {
  it('does the first and the newest of what a caller asks, and tells those between', async () => {
    const newest = new NewestFirst();
    const begun: string[] = [];
    const [one, two, three] = ['one', 'two', 'three'].map((name) => work(name, begun));
    const first = newest.run('ann', never, one!.run);
    const second = newest.run('ann', never, two!.run);
    const third = newest.run('ann', never, three!.run);
    await expect(second).rejects.toMatchObject({ code: 'CONFLICT' });
    one!.end();
    expect(await first).toBe('one');
    three!.end();
    expect(await third).toBe('three');
    expect(begun).toEqual(['one', 'three']);
  });

  it('lets callers not wait for one another', async () => {
    const newest = new NewestFirst();
    const begun: string[] = [];
    const [one, two] = [work('one', begun), work('two', begun)];
    const first = newest.run('ann', never, one.run);
    const second = newest.run('bob', never, two.run);
    two.end();
    expect(await second).toBe('two');
    one.end();
    await first;
  });

  it('goes on after a failure, and never begins for one who is gone', async () => {
    const newest = new NewestFirst();
    const failing = newest.run('ann', never, () => Promise.reject(new TypeError('no')));
    const gone = new AbortController();
    const leaver = newest.run('ann', gone.signal, () => Promise.resolve('never'));
    gone.abort();
    await expect(leaver).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(failing).rejects.toThrow('no');
    expect(await newest.run('ann', never, () => Promise.resolve('well'))).toBe('well');
  });

  it('stops what goes on for long after a newer one was asked for', async () => {
    const newest = new NewestFirst();
    const stopped = newest.run(
      'ann',
      never,
      (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new TypeError('stopped')))),
    );
    const next = newest.run('ann', never, () => Promise.resolve('next'));
    await expect(stopped).rejects.toThrow('stopped');
    expect(await next).toBe('next');
  });

  it('lets only so many wait', async () => {
    const newest = new NewestFirst();
    const long = work('long', []);
    const names = Array.from({ length: 65 }, (_, n) => `visitor ${n}`);
    const running = names.map((name) => newest.run(name, never, long.run));
    const waiting = names.map((name) => newest.run(name, never, () => Promise.resolve(name)));
    await expect(waiting[64]).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    long.end();
    await Promise.all(running);
    await Promise.all(waiting.slice(0, 64));
  });
});
