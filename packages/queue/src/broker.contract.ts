import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { MAX_MESSAGE_BYTES } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Broker, Delivery } from './broker.ts';
import { fanOutContract } from './fan-out.contract.ts';
import { inboxContract } from './inbox.contract.ts';

/** A place with its own empty queues, and brokers that meet there. */
export interface BrokerPlace {
  /** A new broker of the place, with a delivery limit of 3 and 500 ms to drain at close. */
  make(role: 'master' | 'executor'): Promise<Broker>;
  /** Removes the place; called when its brokers are closed. */
  cleanup(): Promise<void>;
}

const within = { timeout: 10_000, interval: 10 };

/** What every broker has to do. `open` gives a new place for each test. */
export function brokerContract(name: string, open: () => Promise<BrokerPlace>): void {
  describe(`${name} keeps the broker contract`, () => {
    let place: BrokerPlace;
    let brokers: Broker[];
    let master: Broker;
    let executor: Broker;

    const connect = async (role: 'master' | 'executor'): Promise<Broker> => {
      const broker = await place.make(role);
      brokers.push(broker);
      return broker;
    };
    /** Collects deliveries without ending them. */
    const collect = async (broker: Broker, queue: 'tasks' | 'events' | 'dead', prefetch = 10) => {
      const deliveries: Delivery[] = [];
      const subscription = await broker.consume(queue, { prefetch }, (delivery) => void deliveries.push(delivery));
      return { deliveries, subscription };
    };
    const publish = (body: unknown, messageId: string = randomUUID()): Promise<void> =>
      master.publish('tasks', body, { messageId });
    const depthBecomes = (queue: 'tasks' | 'events' | 'dead', depth: number): Promise<void> =>
      vi.waitFor(async () => expect(await master.depth(queue)).toBe(depth), within);

    beforeEach(async () => {
      place = await open();
      brokers = [];
      master = await connect('master');
      executor = await connect('executor');
    });
    afterEach(async () => {
      await Promise.all(brokers.map((broker) => broker.close()));
      await place.cleanup();
    });

    it('delivers a body and its id once, and forgets it after ack', async () => {
      const body = { v: 1, text: 'ä€😀\u0000', list: [1, null, { deep: true }], dropped: undefined };
      await publish(body, 'one');
      const { deliveries } = await collect(executor, 'tasks');
      await vi.waitFor(() => expect(deliveries).toHaveLength(1), within);
      const [delivery] = deliveries;
      expect(delivery).toMatchObject({ messageId: 'one', deliveryCount: 0 });
      expect(delivery?.body).toStrictEqual({ v: 1, text: 'ä€😀\u0000', list: [1, null, { deep: true }] });
      delivery?.ack();
      await executor.close();
      const { deliveries: later } = await collect(await connect('executor'), 'tasks');
      await delay(300);
      expect(later).toHaveLength(0);
      expect(await master.depth('tasks')).toBe(0);
    });

    it('carries events from executors to masters', async () => {
      const { deliveries } = await collect(master, 'events');
      await executor.publish('events', { type: 'done' }, { messageId: 'event' });
      await vi.waitFor(() => expect(deliveries.map(({ body }) => body)).toEqual([{ type: 'done' }]), within);
      deliveries[0]?.ack();
    });

    it('counts retries 0, 1, 2 and then moves the message to the dead-letter queue whole', async () => {
      const counts: number[] = [];
      await executor.consume('tasks', { prefetch: 1 }, (delivery) => {
        counts.push(delivery.deliveryCount);
        delivery.retry();
      });
      await publish({ poison: 'ä' }, 'poison');
      const { deliveries: dead } = await collect(master, 'dead');
      await vi.waitFor(() => expect(dead).toHaveLength(1), within);
      expect(counts).toEqual([0, 1, 2]);
      expect(dead[0]).toMatchObject({ body: { poison: 'ä' }, messageId: 'poison', deliveryCount: 0 });
      dead[0]?.ack();
      await depthBecomes('dead', 0);
    });

    it('moves a message to the dead-letter queue at once when asked to, and never loses it there', async () => {
      await executor.consume('tasks', { prefetch: 1 }, (delivery) => delivery.deadLetter());
      await publish('corrupt', 'first');
      await depthBecomes('dead', 1);
      const seen: string[] = [];
      const subscription = await master.consume('dead', { prefetch: 1 }, async (delivery) => {
        seen.push(delivery.messageId);
        await delay(5);
        if (seen.length === 1) delivery.deadLetter();
        else if (seen.length < 6) delivery.retry();
        else delivery.ack();
      });
      await vi.waitFor(() => expect(seen).toEqual(Array(6).fill('first')), within);
      await subscription.cancel();
    });

    it('headers carry the trace context, through retries and into the dead-letter queue', async () => {
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const seen: (string | undefined)[] = [];
      await executor.consume('tasks', { prefetch: 1 }, (delivery) => {
        seen.push(delivery.traceparent);
        if (delivery.deliveryCount === 0) delivery.retry();
        else delivery.deadLetter();
      });
      const { deliveries: dead } = await collect(master, 'dead');
      await master.publish('tasks', 'traced', { messageId: 'traced', traceparent });
      await vi.waitFor(() => expect(dead).toHaveLength(1), within);
      await publish('untraced');
      await vi.waitFor(() => expect(dead).toHaveLength(2), within);
      expect(seen).toEqual([traceparent, traceparent, undefined, undefined]);
      expect(dead.map((delivery) => delivery.traceparent)).toEqual([traceparent, undefined]);
      for (const delivery of dead) delivery.ack();
    });

    it('retries the delivery of a handler that throws or rejects', async () => {
      const counts: number[] = [];
      await executor.consume('tasks', { prefetch: 1 }, (delivery) => {
        counts.push(delivery.deliveryCount);
        if (delivery.deliveryCount === 0) throw new AppError('INTERNAL');
        if (delivery.deliveryCount === 1) return Promise.reject(new AppError('INTERNAL'));
        delivery.ack();
        return undefined;
      });
      await publish('task');
      await vi.waitFor(() => expect(counts).toEqual([0, 1, 2]), within);
      await delay(100);
      expect(await master.depth('dead')).toBe(0);
    });

    it('ends a delivery once, whatever is called on it afterwards', async () => {
      const { deliveries } = await collect(executor, 'tasks');
      await publish('task');
      await vi.waitFor(() => expect(deliveries).toHaveLength(1), within);
      deliveries[0]?.ack();
      deliveries[0]?.retry();
      deliveries[0]?.deadLetter();
      deliveries[0]?.ack();
      await publish('next');
      await vi.waitFor(() => expect(deliveries.map(({ body }) => body)).toEqual(['task', 'next']), within);
      await delay(200);
      expect(deliveries).toHaveLength(2);
      expect(await master.depth('dead')).toBe(0);
      deliveries[1]?.ack();
    });

    it('keeps at most prefetch deliveries in flight', async () => {
      const { deliveries } = await collect(executor, 'tasks', 2);
      await Promise.all(Array.from({ length: 6 }, (_, index) => publish(index)));
      await vi.waitFor(() => expect(deliveries).toHaveLength(2), within);
      await delay(200);
      expect(deliveries).toHaveLength(2);
      await depthBecomes('tasks', 4);
      deliveries[0]?.ack();
      await vi.waitFor(() => expect(deliveries).toHaveLength(3), within);
      await delay(100);
      expect(deliveries).toHaveLength(3);
      for (let done = 1; done < 6; done += 1) {
        await vi.waitFor(() => expect(deliveries.length).toBeGreaterThan(done), within);
        deliveries[done]?.ack();
      }
      expect(deliveries.map(({ body }) => body).sort()).toEqual([0, 1, 2, 3, 4, 5]);
    });

    it('shares the messages of a queue between its consumers', async () => {
      const other = await connect('executor');
      const seen: { by: string; body: unknown }[] = [];
      const work = (by: string) => async (delivery: Delivery) => {
        seen.push({ by, body: delivery.body });
        await delay(10);
        delivery.ack();
      };
      await executor.consume('tasks', { prefetch: 1 }, work('one'));
      await other.consume('tasks', { prefetch: 1 }, work('other'));
      await Promise.all(Array.from({ length: 40 }, (_, index) => publish(index)));
      await vi.waitFor(() => expect(seen).toHaveLength(40), within);
      expect(new Set(seen.map(({ body }) => body)).size).toBe(40);
      for (const by of ['one', 'other']) expect(seen.filter((entry) => entry.by === by).length).toBeGreaterThan(5);
    });

    it('delivers nothing after cancel, lets what is in flight end, and others go on', async () => {
      const { deliveries, subscription } = await collect(executor, 'tasks', 2);
      await publish('a');
      await publish('b');
      await vi.waitFor(() => expect(deliveries).toHaveLength(2), within);
      const begun = performance.now();
      await subscription.cancel();
      expect(performance.now() - begun).toBeLessThan(1000);
      await publish('c');
      await depthBecomes('tasks', 1);
      deliveries.find(({ body }) => body === 'a')?.ack();
      deliveries.find(({ body }) => body === 'b')?.retry();
      const { deliveries: others } = await collect(await connect('executor'), 'tasks');
      await vi.waitFor(() => expect(others.map(({ body }) => body).sort()).toEqual(['b', 'c']), within);
      expect(others.find(({ body }) => body === 'b')?.deliveryCount).toBe(1);
      expect(deliveries).toHaveLength(2);
      for (const delivery of others) delivery.ack();
    });

    it('gives what was in flight when a broker closed to another consumer', async () => {
      const { deliveries } = await collect(executor, 'tasks');
      await publish('unfinished', 'kept');
      await vi.waitFor(() => expect(deliveries).toHaveLength(1), within);
      await executor.close();
      const { deliveries: others } = await collect(await connect('executor'), 'tasks');
      await vi.waitFor(() => expect(others).toHaveLength(1), within);
      expect(others[0]).toMatchObject({ body: 'unfinished', messageId: 'kept' });
      deliveries[0]?.ack();
      others[0]?.ack();
    });

    it('waits at close for the deliveries in flight, which may publish', async () => {
      const { deliveries: events } = await collect(master, 'events');
      let ended = false;
      await executor.consume('tasks', { prefetch: 1 }, async (delivery) => {
        await delay(200);
        await executor.publish('events', 'done', { messageId: 'done' });
        delivery.ack();
        ended = true;
      });
      await publish('task');
      await depthBecomes('tasks', 0);
      await delay(50);
      await executor.close();
      expect(ended).toBe(true);
      await vi.waitFor(() => expect(events).toHaveLength(1), within);
      await delay(200);
      expect(await master.depth('tasks')).toBe(0);
    });

    it('refuses to publish after close and says so in its status', async () => {
      expect(master.status()).toMatchObject({ connected: true, blocked: false });
      expect(master.status().epoch).toBeGreaterThanOrEqual(1);
      await master.close();
      await master.close();
      expect(master.status().connected).toBe(false);
      await expect(publish('late')).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
      await expect(master.depth('tasks')).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
      master.broadcast('control', 'late');
    });

    it('does not publish once the signal was aborted', async () => {
      const signal = AbortSignal.abort();
      await expect(master.publish('tasks', 'x', { messageId: 'x', signal })).rejects.toMatchObject({
        code: 'CANCELLED',
      });
      expect(await master.depth('tasks')).toBe(0);
    });

    it('takes a body of 64 KiB and refuses a larger one and one that is not JSON', async () => {
      const { deliveries } = await collect(executor, 'tasks');
      const largest = 'x'.repeat(MAX_MESSAGE_BYTES - 2);
      await publish(largest);
      await vi.waitFor(() => expect(deliveries).toHaveLength(1), within);
      expect(deliveries[0]?.body).toBe(largest);
      deliveries[0]?.ack();
      await expect(publish(`${largest}x`)).rejects.toMatchObject({ code: 'INTERNAL', retryable: false });
      await expect(publish(undefined)).rejects.toMatchObject({ code: 'INTERNAL', retryable: false });
      expect(() => master.broadcast('control', `${largest}x`)).toThrow(AppError);
    });

    it('tells how many messages wait', async () => {
      expect(await master.depth('tasks')).toBe(0);
      await Promise.all(['a', 'b', 'c'].map((body) => publish(body)));
      await depthBecomes('tasks', 3);
      const { deliveries, subscription } = await collect(executor, 'tasks', 1);
      await depthBecomes('tasks', 2);
      await subscription.cancel();
      deliveries[0]?.ack();
    });

    fanOutContract(() => ({ master, executor, connect }));

    inboxContract(() => ({ master, executor, connect }));

    it('tells listeners of the connection, late ones too, until they leave', async () => {
      const events: unknown[] = [];
      const left: unknown[] = [];
      master.onConnect((event) => void events.push(event));
      master.onConnect((event) => void left.push(event))();
      master.onConnect(() => {
        throw new AppError('INTERNAL');
      });
      await vi.waitFor(() => expect(events).toEqual([{ epoch: master.status().epoch, fresh: true }]), within);
      expect(left).toEqual([]);
    });
  });
}
