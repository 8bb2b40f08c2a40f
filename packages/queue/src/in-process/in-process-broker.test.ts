import { describe, expect, it, vi } from 'vitest';
import { brokerContract } from '../broker.contract.ts';
import { createInProcessBroker, createInProcessHub } from './in-process-broker.ts';

brokerContract('createInProcessHub', () => {
  const hub = createInProcessHub({ drainMilliseconds: 500, random: () => 0 });
  return Promise.resolve({ make: () => Promise.resolve(hub.connect()), cleanup: () => Promise.resolve() });
});

describe('createInProcessBroker', () => {
  it('does not share queues with another one', async () => {
    const one = createInProcessBroker();
    const other = createInProcessBroker();
    await one.publish('tasks', 1, { messageId: 'a' });
    expect(await one.depth('tasks')).toBe(1);
    expect(await other.depth('tasks')).toBe(0);
  });

  it('gives a body that later changes of the published value do not reach', async () => {
    const broker = createInProcessBroker();
    const body = { list: [1] };
    await broker.publish('tasks', body, { messageId: 'a' });
    body.list.push(2);
    const bodies: unknown[] = [];
    await broker.consume('tasks', { prefetch: 1 }, (delivery) => void bodies.push(delivery.body));
    await vi.waitFor(() => expect(bodies).toEqual([{ list: [1] }]));
  });
});
