import { setTimeout as sleep } from 'node:timers/promises';
import type { Broker, QueueName } from '@tessera/queue';
import type { Metrics } from '@tessera/runtime';

const QUEUES: readonly QueueName[] = ['tasks', 'events', 'dead'];
/** Milliseconds for the broker's answer: figures without this one are better than no figures. */
const PATIENCE = 2000;

/** Messages that wait in each queue, asked for when figures are collected; none while the broker does not answer. */
export function queueDepths(metrics: Metrics, broker: Broker): void {
  const depth = metrics.gauge('tessera_queue_messages', 'Messages that wait in a queue.', ['queue']);
  const ask = async (queue: QueueName): Promise<void> => {
    const messages = await Promise.race([
      broker.depth(queue).catch(() => undefined),
      sleep(PATIENCE, undefined, { ref: false }),
    ]);
    if (messages === undefined) depth.remove({ queue });
    else depth.set({ queue }, messages);
  };
  Object.assign(depth, {
    collect: async () => {
      if (broker.status().connected) await Promise.all(QUEUES.map(ask));
      else depth.reset();
    },
  });
}
