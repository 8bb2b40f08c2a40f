import type { OpsSample } from '@tessera/contracts';
import { expect, it } from 'vitest';
import { SampleSeries } from './sample-series.ts';

function sample(n: number, figures: Partial<OpsSample> = {}): OpsSample {
  return {
    at: new Date(n * 5000).toISOString(),
    tasksPerSecond: n,
    megapixelsPerSecond: 0,
    failedPerSecond: 0,
    deadPerSecond: 0,
    ready: 0,
    inFlight: 0,
    oldestReadySeconds: n,
    tasks: null,
    events: 0,
    dead: 0,
    executors: 2,
    slots: 4,
    busySlots: 1,
    ...figures,
  };
}

it('keeps an hour, and a day of means, and no more', () => {
  const series = new SampleSeries();
  for (let n = 0; n < 40 * 720; n++) series.push(sample(n, n % 24 === 0 ? { events: null } : { events: 3 }));
  const hour = series.read('hour');
  expect([hour.everySeconds, hour.samples.length]).toEqual([5, 720]);
  expect(hour.samples.at(-1)?.tasksPerSecond).toBe(40 * 720 - 1);
  const day = series.read('day');
  expect([day.everySeconds, day.samples.length]).toEqual([120, 720]);
  expect(day.samples.at(-1)).toMatchObject({
    tasksPerSecond: 40 * 720 - 1 - 11.5,
    oldestReadySeconds: 40 * 720 - 1,
    events: 3,
    tasks: null,
  });
});

it('shows what the next coarse sample holds so far', () => {
  const series = new SampleSeries();
  series.push(sample(2));
  series.push(sample(4));
  expect(series.read('day').samples).toMatchObject([{ tasksPerSecond: 3 }]);
});
