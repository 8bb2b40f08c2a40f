import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createMetrics } from '@tessera/runtime';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import type { Broker, Delivery, QueueName } from '../broker.ts';
import { Namespace, withChannel } from './testing/namespace.ts';

describe('a RabbitMQ broker under supervision', () => {
  const amqpUrl = inject('amqpUrl');
  let namespace: Namespace;

  const waitFor = (ms: number, check: () => void | Promise<void>): Promise<void> =>
    vi.waitFor(check, { timeout: ms, interval: 10 });
  const publish = (broker: Broker, body: unknown, queue: QueueName = 'tasks'): Promise<void> =>
    broker.publish(queue, body, { messageId: randomUUID() });
  const collect = async (broker: Broker, queue: QueueName): Promise<Delivery[]> => {
    const deliveries: Delivery[] = [];
    await broker.consume(queue, { prefetch: 10 }, (delivery) => void deliveries.push(delivery));
    return deliveries;
  };
  const eventsOf = (broker: Broker) => {
    const events: { epoch: number; fresh: boolean }[] = [];
    broker.onConnect((event) => events.push(event));
    return events;
  };
  const queueName = (queue: QueueName): string => namespace.topology.queues[queue].name;

  beforeEach(() => {
    namespace = new Namespace(amqpUrl);
  });
  afterEach(() => namespace.remove());

  describe('at the start', () => {
    it('fails at once on a refused password, without repeating it', async () => {
      const url = new URL(amqpUrl);
      url.password = 'not-the-password';
      const begun = performance.now();
      const error: unknown = await namespace.open({ url: url.href }).catch((reason: unknown) => reason);
      expect(performance.now() - begun).toBeLessThan(3000);
      expect(error).toMatchObject({ code: 'INVALID_CONFIG', retryable: false });
      expect(String(error)).toMatch(/refused the user name or the password \(ACCESS_REFUSED\)/);
      expect(String(error)).not.toContain('not-the-password');
    });

    it('fails at once on a virtual host that does not exist', async () => {
      const url = new URL(amqpUrl);
      url.pathname = '/missing';
      await expect(namespace.open({ url: url.href })).rejects.toMatchObject({ code: 'INVALID_CONFIG' });
    });

    it.each(['http://127.0.0.1', 'nonsense'])('refuses the URL %s', async (url) => {
      await expect(namespace.open({ url })).rejects.toMatchObject({ code: 'INVALID_CONFIG' });
    });

    it('refuses a certificate file that is not there', async () => {
      await expect(namespace.open({ caFile: '/missing.pem' })).rejects.toMatchObject({ code: 'INVALID_CONFIG' });
    });

    it('gives up after the time to start if nobody answers', async () => {
      const url = 'amqp://127.0.0.1:1';
      const opening = namespace.open({ url, startTimeoutMilliseconds: 300 });
      await expect(opening).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE', retryable: true });
    });

    it('fails at once, and says why, if a queue was declared with other arguments', async () => {
      await withChannel(amqpUrl, (channel) =>
        channel.assertQueue(queueName('tasks'), { durable: true, arguments: { 'x-queue-type': 'quorum' } }),
      );
      await expect(namespace.open()).rejects.toMatchObject({
        code: 'BROKER_MISCONFIGURED',
        retryable: false,
        message: expect.stringMatching(/inequivalent arg 'x-\S+' for queue '.*tasks\.v1'/) as string,
      });
    });

    it('without declare waits for somebody else to declare, and declares nothing', async () => {
      const opening = namespace.open({ role: 'executor', declare: false });
      await delay(500);
      await withChannel(amqpUrl, async (channel) => {
        await expect(channel.checkQueue(queueName('tasks'))).rejects.toMatchObject({ code: 404 });
      });
      const master = await namespace.open();
      const executor = await opening;
      const deliveries = await collect(executor, 'tasks');
      await publish(master, 'task');
      await waitFor(2000, () => expect(deliveries).toHaveLength(1));
      const late = namespace.open({
        role: 'executor',
        declare: false,
        namespace: 'missing',
        startTimeoutMilliseconds: 1,
      });
      await expect(late).rejects.toThrow('its queues were not declared yet');
    });
  });

  it('tells the first that its queues are fresh, and nobody else', async () => {
    const first = eventsOf(await namespace.open());
    const second = eventsOf(await namespace.open());
    await waitFor(1000, () => expect(first).toEqual([{ epoch: 1, fresh: true }]));
    await waitFor(1000, () => expect(second).toEqual([{ epoch: 1, fresh: false }]));
  });

  it('declares a deleted queue anew, says fresh, and consumes within 5 s', async () => {
    const master = await namespace.open();
    const executor = await namespace.open({ role: 'executor', declare: false });
    const events = eventsOf(master);
    const tasks = await collect(executor, 'tasks');
    await publish(master, 'lost');
    await waitFor(2000, () => expect(tasks).toHaveLength(1));
    const begun = performance.now();
    await withChannel(amqpUrl, (channel) => channel.deleteQueue(queueName('tasks')));
    await waitFor(5000, () => expect(events).toEqual([expect.anything(), { epoch: 2, fresh: true }]));
    // A delivery of the deleted queue.
    tasks[0]?.ack();
    await waitFor(2000, () => publish(master, 'after'));
    await waitFor(5000 - (performance.now() - begun), () => expect(tasks.at(-1)?.body).toBe('after'));
    tasks.at(-1)?.ack();
  });

  it('notices a deleted queue that it only consumes', async () => {
    const master = await namespace.open({ topologyCheckMilliseconds: 60_000 });
    const executor = await namespace.open({ role: 'executor', declare: false });
    const seen = eventsOf(master);
    const events = await collect(master, 'events');
    await withChannel(amqpUrl, (channel) => channel.deleteQueue(queueName('events')));
    await waitFor(5000, () => expect(seen.at(-1)).toMatchObject({ fresh: true, epoch: 2 }));
    await waitFor(5000, () => publish(executor, 'after', 'events'));
    await waitFor(2000, () => expect(events.map(({ body }) => body)).toEqual(['after']));
  });

  it('rejects a message that fits no queue though the broker confirms it, and repairs the binding', async () => {
    const metrics = createMetrics();
    const master = await namespace.open({ metrics });
    const { name } = namespace.topology.queues.tasks;
    await withChannel(amqpUrl, (channel) => channel.unbindQueue(name, name, ''));
    await expect(publish(master, 'nowhere')).rejects.toMatchObject({ code: 'UNROUTABLE', retryable: true });
    expect(await metrics.registry.metrics()).toContain('tessera_broker_returned_messages_total 1');
    await waitFor(3000, () => publish(master, 'after'));
    await waitFor(2000, async () => expect(await master.depth('tasks')).toBe(1));
  });

  it('starts anew when the broker closes a channel', async () => {
    const metrics = createMetrics();
    const master = await namespace.open({ metrics });
    const { name } = namespace.topology.queues.tasks;
    await withChannel(amqpUrl, (channel) => channel.deleteExchange(name));
    await expect(publish(master, 'nowhere')).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    await waitFor(3000, () => publish(master, 'after'));
    expect(master.status()).toMatchObject({ connected: true, epoch: 2 });
    // Only the connection that lost its channel.
    const text = await metrics.registry.metrics();
    expect(text).toContain('tessera_broker_reconnects_total{connection="publish"} 1');
    expect(text).not.toContain('tessera_broker_reconnects_total{connection="consume"}');
  });

  it('starts anew when a fan-out exchange was deleted', async () => {
    const master = await namespace.open();
    const executor = await namespace.open({ role: 'executor', declare: false });
    const heard: unknown[] = [];
    await executor.subscribe('control', (body) => heard.push(body));
    await withChannel(amqpUrl, (channel) => channel.deleteExchange(namespace.topology.topics.control));
    master.broadcast('control', 'lost');
    await waitFor(3000, () => expect(master.status()).toMatchObject({ connected: true, epoch: 2 }));
    await executor.close();
    const other = await namespace.open({ role: 'executor', declare: false });
    await other.subscribe('control', (body) => heard.push(body));
    master.broadcast('control', 'after');
    await waitFor(2000, () => expect(heard).toEqual(['after']));
  });

  it('moves what is not JSON to the dead-letter queue', async () => {
    const master = await namespace.open();
    const tasks = await collect(master, 'tasks');
    const { name } = namespace.topology.queues.tasks;
    await withChannel(amqpUrl, async (channel) => {
      channel.publish(name, '', Buffer.from('{not json'), { messageId: 'bad' });
      await channel.waitForConfirms();
    });
    await waitFor(2000, async () => expect(await master.depth('dead')).toBe(1));
    expect(tasks).toEqual([]);
  });

  it('counts redeliveries', async () => {
    const metrics = createMetrics();
    const broker = await namespace.open({ metrics });
    await broker.consume('tasks', { prefetch: 1 }, (delivery) => {
      if (delivery.deliveryCount === 0) delivery.retry();
      else delivery.ack();
    });
    await publish(broker, 'task');
    await waitFor(2000, async () => {
      const text = await metrics.registry.metrics();
      expect(text).toContain('tessera_broker_redelivered_messages_total{queue="tasks"} 1');
      expect(text).toContain('tessera_broker_delivery_count_sum{queue="tasks"} 1');
      expect(text).toContain('tessera_broker_connected 1');
      expect(text).toMatch(/tessera_broker_epoch_age_seconds (1\.|0\.\d)/);
    });
  });

  it('dead-letters on the limit of its options', async () => {
    const broker = await namespace.open({ deliveryLimit: 1 });
    let deliveries = 0;
    await broker.consume('tasks', { prefetch: 1 }, (delivery) => {
      deliveries += 1;
      delivery.retry();
    });
    await publish(broker, 'task');
    await waitFor(2000, async () => expect(await broker.depth('dead')).toBe(1));
    expect(deliveries).toBe(1);
  });

  it('does not hand a limit on tries to events and dead letters', async () => {
    const broker = await namespace.open();
    let deliveries = 0;
    await broker.consume('events', { prefetch: 1 }, (delivery) => {
      if ((deliveries += 1) < 50) delivery.retry();
      else delivery.ack();
    });
    await publish(broker, 'event', 'events');
    await waitFor(5000, () => expect(deliveries).toBe(50));
    expect(await broker.depth('dead')).toBe(0);
  });
});
