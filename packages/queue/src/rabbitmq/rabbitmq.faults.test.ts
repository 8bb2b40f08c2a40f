import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createMetrics } from '@tessera/runtime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { RabbitMqServer } from '../../../../tests/services/rabbitmq.ts';
import type { Broker } from '../broker.ts';
import { Namespace } from './testing/namespace.ts';
import { proxied } from './testing/proxied.ts';
import { long } from '../../../../tests/services/long.ts';

/** Long enough for a machine with much else to do: what is waited for comes, or the test fails for good reason. */
const PATIENCE = 45_000;

const waitFor = (check: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(check, { timeout: PATIENCE, interval: 20 });

const publish = (broker: Broker, body: unknown): Promise<void> =>
  broker.publish('tasks', body, { messageId: randomUUID() });

/** Publishes again and again until the broker has taken the message, as a relay does. */
async function publishAtLast(broker: Broker, body: unknown): Promise<void> {
  for (;;) {
    try {
      await publish(broker, body);
      return;
    } catch {
      await delay(50);
    }
  }
}

/**
 * Lets the network swallow everything and measures how long a broker with the default heartbeat takes to notice, and
 * to consume again once the network is back.
 */
async function measureBlackhole(amqpUrl: string) {
  const namespace = new Namespace(amqpUrl);
  const { proxy, url } = await proxied(amqpUrl);
  const master = await namespace.open();
  const broker = await namespace.open({ url });
  const bodies: unknown[] = [];
  await broker.consume('tasks', { prefetch: 1 }, (delivery) => {
    bodies.push(delivery.body);
    delivery.ack();
  });
  await proxy.mode('blackhole');
  const begun = performance.now();
  await waitFor(() => expect(broker.status().connected).toBe(false));
  const noticed = performance.now() - begun;
  // Both connections are to be noticed; the first attempts may have fallen into the hole as well.
  await delay(1000);
  await proxy.mode('ok');
  await publish(master, 'after');
  await waitFor(() => expect(bodies).toContain('after'));
  await namespace.remove();
  await proxy.close();
  return { noticed };
}

describe('RabbitMQ under faults', { timeout: 150_000 }, () => {
  let server: RabbitMqServer;
  let url: string;
  let namespace: Namespace;
  /** Takes half a minute, in which the other tests run. */
  let blackhole: ReturnType<typeof measureBlackhole>;

  beforeAll(async () => {
    blackhole = measureBlackhole(inject('amqpUrl'));
    blackhole.catch(() => undefined);
    server = await RabbitMqServer.create();
    ({ url } = await server.start());
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    namespace = new Namespace(url);
  });
  afterEach(() => namespace.remove());

  it('needs no right to declare but for its own queues, and comes back after a refused password', async () => {
    const master = await namespace.open();
    const own = `^${namespace.name}\\.(control|presence)\\.v1\\..*`;
    const write = `(${own})|^${namespace.name}\\.(events|presence)\\.v1$`;
    const read = `(${own})|^${namespace.name}\\.(tasks|control)\\.v1$`;
    await server.ctl(['add_user', 'executor', 'secret']);
    await server.ctl(['set_permissions', 'executor', own, write, read]);
    const asExecutor = new URL(url);
    [asExecutor.username, asExecutor.password] = ['executor', 'secret'];
    const restricted = { url: asExecutor.href, role: 'executor', random: () => 0.1 } as const;

    await expect(namespace.open({ ...restricted, declare: true })).rejects.toMatchObject({
      code: 'INVALID_CONFIG',
      message: expect.stringContaining('lacks a permission') as string,
    });
    const executor = await namespace.open({ ...restricted, declare: false });
    const heard: unknown[] = [];
    const bodies: unknown[] = [];
    await executor.subscribe('control', (body) => heard.push(body));
    await executor.consume('tasks', { prefetch: 1 }, async (delivery) => {
      await executor.publish('events', 'done', { messageId: 'done' });
      bodies.push(delivery.body);
      delivery.ack();
    });
    await expect(publish(executor, 'forbidden')).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    await expect(executor.consume('events', { prefetch: 1 }, () => undefined)).rejects.toMatchObject({
      code: 'INVALID_CONFIG',
    });
    // Each refusal cost a connection.
    await waitFor(() => expect(executor.status().connected).toBe(true));
    await publish(master, 'task');
    master.broadcast('control', 'cancel');
    await waitFor(() => expect([bodies, heard]).toEqual([['task'], ['cancel']]));
    await waitFor(async () => expect(await master.depth('events')).toBe(1));

    await server.ctl(['change_password', 'executor', 'other']);
    await server.ctl(['close_all_user_connections', 'executor', 'test']);
    await waitFor(() => expect(executor.status().connected).toBe(false));
    await delay(700);
    await server.ctl(['change_password', 'executor', 'secret']);
    await publish(master, 'after');
    await waitFor(() => expect(bodies).toEqual(['task', 'after']));
  });

  it.runIf(long)('fails publishes at once during a memory alarm, and still acknowledges', async () => {
    const metrics = createMetrics();
    const broker = await namespace.open({ name: 'blocked-one', metrics });
    const names = await server.ctl(['list_connections', '--quiet', 'client_properties']);
    expect(names).toContain('blocked-one:publish');
    expect(names).toContain('blocked-one:consume');
    await Promise.all(Array.from({ length: 20 }, (_, index) => publish(broker, index)));

    await server.ctl(['set_vm_memory_high_watermark', '0.00001']);
    const begun = performance.now();
    await expect(publish(broker, 'blocked')).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE', retryable: true });
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(broker.status()).toMatchObject({ connected: true, blocked: true });
    const before = process.memoryUsage().rss;
    let refused = 0;
    const body = 'x'.repeat(2000);
    // In rounds, so that what is let go can be collected: only what is kept counts.
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(Array.from({ length: 1000 }, () => publish(broker, body).catch(() => (refused += 1))));
    }
    expect(refused).toBe(20_000);
    for (let count = 0; count < 1000; count += 1) broker.broadcast('control', body);
    expect(process.memoryUsage().rss - before).toBeLessThan(50e6);
    expect(performance.now() - begun).toBeLessThan(20_000);

    let acknowledged = 0;
    await broker.consume('tasks', { prefetch: 5 }, (delivery) => {
      acknowledged += 1;
      delivery.ack();
    });
    await waitFor(() => expect(acknowledged).toBeGreaterThanOrEqual(20));
    await waitFor(async () => {
      expect(await metrics.registry.metrics()).toMatch(/tessera_broker_blocked_seconds_total [1-9]/);
    });
    await server.ctl(['set_vm_memory_high_watermark', 'absolute', '1GB']);
    await waitFor(() => expect(broker.status().blocked).toBe(false));
    await publish(broker, 'after');
    await waitFor(() => expect(acknowledged).toBeGreaterThanOrEqual(21));
  });

  it('survives the end of a consumer that took too long to acknowledge', async () => {
    const consumerTimeout = (ms: number): Promise<string> => {
      const settings = [`consumer_timeout, ${String(ms)}`, 'channel_tick_interval, 500'];
      return server.ctl(['eval', settings.map((pair) => `application:set_env(rabbit, ${pair})`).join(', ') + '.']);
    };
    await consumerTimeout(1000);
    const broker = await namespace.open();
    const counts: number[] = [];
    let slow: (() => void) | undefined;
    await broker.consume('tasks', { prefetch: 1 }, (delivery) => {
      counts.push(delivery.deliveryCount);
      if (counts.length === 1) slow = delivery.ack;
      else delivery.ack();
    });
    await publish(broker, 'task');
    await waitFor(() => expect(counts.length).toBeGreaterThan(1));
    expect(slow).not.toThrow();
    await consumerTimeout(1_800_000);
    await waitFor(async () => expect([await broker.depth('tasks'), await broker.depth('dead')]).toEqual([0, 0]));
  });

  it.runIf(long)('loses no confirmed message when the broker is killed and started again under load', async () => {
    const broker = await namespace.open();
    const events: unknown[] = [];
    broker.onConnect((event) => events.push(event));
    const received = new Map<unknown, number>();
    let held = 0;
    let gate: Promise<void> | undefined;
    await broker.consume('tasks', { prefetch: 20 }, async ({ body, ack }) => {
      await delay(10);
      if (gate !== undefined) {
        held += 1;
        await gate;
      }
      received.set(body, (received.get(body) ?? 0) + 1);
      ack();
    });
    let confirmed = 0;
    const publishing = Promise.all(
      Array.from({ length: 10 }, async (_, lane) => {
        for (let index = 0; index < 100; index += 1) {
          await publishAtLast(broker, `${String(lane)}-${String(index)}`);
          confirmed += 1;
        }
      }),
    );
    await waitFor(() => expect(confirmed).toBeGreaterThan(300));
    const { promise, resolve: open } = Promise.withResolvers<void>();
    gate = promise;
    await waitFor(() => expect(held).toBeGreaterThan(0));
    await server.kill();
    gate = undefined;
    open();
    const atKill = confirmed;
    await server.start();
    await waitFor(() => expect(confirmed).toBeGreaterThan(Math.min(atKill + 100, 999)));
    await publishing;
    await waitFor(() => expect(received.size).toBe(1000));
    expect(events.at(-1)).toMatchObject({ fresh: false });
    // The fault was felt: what was delivered and not acknowledged came again.
    expect([...received.values()].some((count) => count > 1)).toBe(true);
  });

  it('declares everything anew on a broker that was wiped, and says so', async () => {
    const master = await namespace.open();
    const executor = await namespace.open({ role: 'executor', declare: false });
    const fresh: boolean[] = [];
    master.onConnect((event) => fresh.push(event.fresh));
    const bodies: unknown[] = [];
    await executor.consume('tasks', { prefetch: 1 }, (delivery) => {
      bodies.push(delivery.body);
      delivery.ack();
    });
    await server.wipe();
    await server.start();
    await waitFor(() => expect(fresh).toEqual([true, true]));
    await publishAtLast(master, 'after');
    await waitFor(() => expect(bodies).toEqual(['after']));
  });

  it.runIf(long)('notices a network that swallows everything, and comes back', async () => {
    const { noticed } = await blackhole;
    expect(noticed).toBeGreaterThan(5000);
    // At most two heartbeats of ten seconds and the time between two looks; a busy machine looks late.
    expect(noticed).toBeLessThan(PATIENCE);
  });
});
