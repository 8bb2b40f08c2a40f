import { describe, expect, it } from 'vitest';
import { SpeechQueue } from './speech-queue.ts';

function rig() {
  let now = 0;
  let timers: { at: number; then: () => void }[] = [];
  const said: { at: number; sentence: string }[] = [];
  const queue = new SpeechQueue({
    now: () => now,
    wait: (milliseconds, then) => timers.push({ at: now + milliseconds, then }),
  });
  queue.subscribe(() => said.push({ at: now, sentence: queue.current() }));
  const passTo = (time: number): void => {
    for (;;) {
      const due = timers.filter(({ at }) => at <= time).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      timers = timers.filter((timer) => timer !== due);
      now = due.at;
      due.then();
    }
    now = time;
  };
  return { queue, said, passTo };
}

describe('the queue of sentences', () => {
  it('says the first at once and the next five seconds later', () => {
    const { queue, said, passTo } = rig();
    queue.say('one');
    queue.say('two');
    queue.say('three');
    passTo(20_000);
    expect(said).toEqual([
      { at: 0, sentence: 'one' },
      { at: 5000, sentence: 'two' },
      { at: 10_000, sentence: 'three' },
    ]);
  });

  it('never says the same twice, be it waiting or said', () => {
    const { queue, said, passTo } = rig();
    queue.say('one');
    queue.say('one');
    queue.say('two');
    queue.say('two');
    passTo(30_000);
    queue.say('one');
    passTo(60_000);
    expect(said.map(({ sentence }) => sentence)).toEqual(['one', 'two']);
  });

  it('says only the last of what waits about the same', () => {
    const { queue, said, passTo } = rig();
    queue.say('started');
    queue.say('25 %', 'job');
    queue.say('other', 'other job');
    queue.say('50 %', 'job');
    passTo(60_000);
    expect(said.map(({ sentence }) => sentence)).toEqual(['started', 'other', '50 %']);
  });

  it('drops the oldest where too much is waiting', () => {
    const { queue, said, passTo } = rig();
    for (let n = 0; n < 20; n += 1) queue.say(`sentence ${n}`);
    passTo(120_000);
    expect(said.map(({ sentence }) => sentence)).toEqual([
      'sentence 0',
      'sentence 16',
      'sentence 17',
      'sentence 18',
      'sentence 19',
    ]);
  });
});
