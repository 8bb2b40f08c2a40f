import { silentLogger } from '@tessera/runtime';
import { expect, test } from 'vitest';
import { Pulse } from './pulse.ts';
import { Repeat } from './repeat.ts';

test('a wake ends the sleep, and one during work ends the next', async () => {
  const pulse = new Pulse();
  const sleeping = pulse.sleep(60_000);
  pulse.wake();
  await sleeping;
  pulse.wake();
  await pulse.sleep(60_000);
  await pulse.sleep(1);
});

test('a round that fails is followed by the next, and closing waits for the one under way', async () => {
  const rounds: string[] = [];
  let release = (): void => undefined;
  const repeat = new Repeat({
    name: 'test',
    milliseconds: 1,
    logger: silentLogger(),
    round: async () => {
      rounds.push('begin');
      if (rounds.length < 3) throw new Error('fails');
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      rounds.push('end');
    },
  });
  repeat.start();
  while (rounds.length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
  const closing = repeat.close();
  release();
  await closing;
  expect(rounds.at(-1)).toBe('end');
  expect(rounds.filter((round) => round === 'begin')).toHaveLength(3);
});
