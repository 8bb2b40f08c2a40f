import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, inject, it } from 'vitest';
import { Namespace } from './testing/namespace.ts';

const namespace = new Namespace(inject('amqpUrl'));
afterAll(() => namespace.remove());

it(
  'ends consumers in the midst of their work, again and again, without using up a delivery',
  { timeout: 60_000 },
  async () => {
    const MESSAGES = 600;
    const broker = await namespace.open();
    await Promise.all(
      Array.from({ length: MESSAGES }, (_, index) => broker.publish('tasks', index, { messageId: String(index) })),
    );
    const seen = new Set<unknown>();
    const again: string[] = [];
    for (let round = 0; seen.size < MESSAGES; round++) {
      const consumer = await broker.consume('tasks', { prefetch: 2 }, async ({ body, deliveryCount, ack }) => {
        if (deliveryCount > 0) again.push(`${String(body)} in round ${String(round)}`);
        await delay(1 + (Number(body) % 4));
        seen.add(body);
        ack();
      });
      await delay(5 + (round % 7) * 3);
      await consumer.cancel();
    }
    expect(again).toEqual([]);
  },
);
