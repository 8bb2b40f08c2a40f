import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AmqpConnection } from './amqp-connection.ts';
import { createBrokerMetrics } from './broker-metrics.ts';
import { Publisher } from './publisher.ts';

/** A connection whose broker confirms or refuses as the test says. */
class ScriptedConnection {
  readonly dropped: unknown[] = [];
  readonly refused = new Set<string>();

  confirmChannel() {
    const publish = (
      exchange: string,
      _key: string,
      _body: Buffer,
      _options: unknown,
      done: (error?: Error) => void,
    ) => {
      done(this.refused.has(exchange) ? new Error('message nacked') : undefined);
      return true;
    };
    return Promise.resolve(Object.assign(new EventEmitter(), { publish }));
  }

  onBlocked(): void {
    // It never blocks.
  }

  drop(reason: unknown): void {
    this.dropped.push(reason);
  }
}

describe('Publisher, refused by the broker', () => {
  let connection: ScriptedConnection;
  let publisher: Publisher;
  const publish = (exchange: string): Promise<unknown> =>
    publisher
      .publish({ exchange, body: Buffer.from('{}'), messageId: 'a' })
      .catch((error: unknown) => (error as { code: unknown }).code);

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const nothing = () => undefined;
    const metrics = createBrokerMetrics();
    publisher = new Publisher({ timeoutMilliseconds: 1000, metrics, onUnroutable: nothing, onSettled: nothing });
    connection = new ScriptedConnection();
    await publisher.attach(connection as unknown as AmqpConnection);
  });
  afterEach(() => vi.useRealTimers());

  it('gives the connection up when an exchange refuses everything for more than a second', async () => {
    connection.refused.add('events');
    expect(await publish('events')).toBe('BROKER_UNAVAILABLE');
    vi.advanceTimersByTime(900);
    // Another exchange has another queue.
    expect(await publish('tasks')).toBeUndefined();
    expect(await publish('events')).toBe('BROKER_UNAVAILABLE');
    expect(connection.dropped).toEqual([]);
    vi.advanceTimersByTime(200);
    expect(await publish('events')).toBe('BROKER_UNAVAILABLE');
    expect(connection.dropped).toEqual([expect.objectContaining({ code: 'BROKER_UNAVAILABLE' })]);
  });

  it('keeps the connection when the exchange takes messages again in between', async () => {
    for (let round = 0; round < 5; round++) {
      connection.refused.add('events');
      expect(await publish('events')).toBe('BROKER_UNAVAILABLE');
      vi.advanceTimersByTime(800);
      connection.refused.delete('events');
      expect(await publish('events')).toBeUndefined();
    }
    expect(connection.dropped).toEqual([]);
  });
});
