import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { collectTogether, createMetrics } from './metrics.ts';

it('fills gauges that belong together once for each collection, none with the figures of an earlier one', async () => {
  const metrics = createMetrics();
  const one = metrics.gauge('one', 'One.');
  const other = metrics.gauge('other', 'Other.', ['state']);
  let rounds = 0;
  collectTogether([one, other], async () => {
    rounds += 1;
    await sleep(5);
    one.set(rounds);
    other.set({ state: 'ready' }, rounds);
  });
  for (const round of [1, 2]) {
    const text = await metrics.registry.metrics();
    expect(text).toContain(`one ${round}\n`);
    expect(text).toContain(`other{state="ready"} ${round}`);
  }
  expect(rounds).toBe(2);
});
