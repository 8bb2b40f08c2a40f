import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createMetrics } from '@tessera/runtime';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import type { Broker, Delivery } from '../broker.ts';
import type { TcpProxy } from '../fault-proxy/tcp-proxy.ts';
import { Namespace } from './testing/namespace.ts';
import { proxied } from './testing/proxied.ts';
import { long } from '../../../../tests/services/long.ts';

describe('a RabbitMQ broker behind a bad network', () => {
  let namespace: Namespace;
  let proxy: TcpProxy;
  let url: string;
  /** Not behind the proxy. */
  let master: Broker;

  const waitFor = (ms: number, check: () => void): Promise<void> => vi.waitFor(check, { timeout: ms, interval: 10 });
  const publish = (body: unknown): Promise<void> => master.publish('tasks', body, { messageId: randomUUID() });
  const collect = async (broker: Broker, prefetch = 10): Promise<Delivery[]> => {
    const deliveries: Delivery[] = [];
    await broker.consume('tasks', { prefetch }, (delivery) => void deliveries.push(delivery));
    return deliveries;
  };

  beforeEach(async () => {
    namespace = new Namespace(inject('amqpUrl'));
    ({ proxy, url } = await proxied(inject('amqpUrl')));
    master = await namespace.open({ name: 'master' });
  });
  afterEach(async () => {
    await namespace.remove();
    await proxy.close();
  });

  it('keeps two connections, one to publish and one to consume', async () => {
    const broker = await namespace.open({ url });
    expect(proxy.accepted).toBe(2);
    expect(broker.status()).toEqual({ connected: true, blocked: false, epoch: 1 });
  });

  it.each(['rst', 'fin'] as const)('consumes, listens and publishes again within 2 s after %s', async (fault) => {
    const metrics = createMetrics();
    const broker = await namespace.open({ url, metrics });
    const epochs: unknown[] = [];
    broker.onConnect((event) => epochs.push(event));
    const deliveries = await collect(broker);
    const heard: unknown[] = [];
    await broker.subscribe('control', (body) => heard.push(body));
    await proxy.mode(fault);
    await waitFor(1000, () => expect(broker.status().connected).toBe(false));
    await proxy.mode('ok');
    const begun = performance.now();
    await publish('after');
    await waitFor(2000, () => expect(deliveries.map(({ body }) => body)).toEqual(['after']));
    await waitFor(2000 - (performance.now() - begun), () => expect(broker.status().connected).toBe(true));
    master.broadcast('control', 'after');
    await waitFor(1000, () => expect(heard).toEqual(['after']));
    await broker.publish('events', 'after', { messageId: 'after' });
    expect(epochs).toEqual([
      { epoch: 1, fresh: false },
      { epoch: 2, fresh: false },
    ]);
    const text = await metrics.registry.metrics();
    expect(text).toContain('tessera_broker_reconnects_total{connection="publish"} 1');
    expect(text).toContain('tessera_broker_reconnects_total{connection="consume"} 1');
  });

  it('opens an inbox anew at another address, and says that the one before is gone', async () => {
    const broker = await namespace.open({ url });
    const bodies: unknown[] = [];
    const inbox = await broker.openInbox({ prefetch: 1 }, (delivery) => {
      bodies.push(delivery.body);
      delivery.ack();
    });
    const before = inbox.address ?? '';
    await proxy.mode('rst');
    await waitFor(1000, () => expect(inbox.address).toBeUndefined());
    await vi.waitFor(
      () => expect(master.send(before, 'lost', { messageId: 'lost' })).rejects.toMatchObject({ code: 'UNROUTABLE' }),
      { timeout: 5000 },
    );
    await proxy.mode('ok');
    await waitFor(5000, () => expect(inbox.address).toBeDefined());
    expect(inbox.address).not.toBe(before);
    await master.send(inbox.address ?? '', 'after', { messageId: 'after' });
    await waitFor(2000, () => expect(bodies).toEqual(['after']));
  });

  it.runIf(long)('survives a reset at any point of the handshake and of the setup', { timeout: 60_000 }, async () => {
    // Waits of up to 100 ms instead of 5 s.
    const broker = await namespace.open({ url, random: () => 0.02 });
    const deliveries = await collect(broker);
    await broker.subscribe('control', () => undefined);
    for (let bytes = 1; bytes < 1400; bytes += 70) {
      await proxy.mode('rst');
      const before = proxy.accepted;
      await proxy.mode({ cutAfterBytes: bytes });
      await waitFor(5000, () => expect(proxy.accepted).toBeGreaterThan(before + 1));
      await delay(50);
    }
    // Some of the last got through the setup and would be cut later.
    await proxy.mode('rst');
    await waitFor(1000, () => expect(broker.status().connected).toBe(false));
    await proxy.mode('ok');
    await publish('after');
    await waitFor(6000, () => expect(deliveries.at(-1)?.body).toBe('after'));
    await waitFor(6000, () => expect(broker.status().connected).toBe(true));
    expect(proxy.connections).toBe(2);
  });

  it('gives up a connection that hangs after accept, and tries again', async () => {
    await proxy.mode('hang');
    const opening = namespace.open({ url, connectTimeoutMilliseconds: 500 });
    await delay(1200);
    expect(proxy.accepted).toBeGreaterThanOrEqual(2);
    await proxy.mode('ok');
    const broker = await opening;
    expect(broker.status().connected).toBe(true);
  });

  it('gives up a broker that answers drop by drop', async () => {
    await proxy.mode({ delayMilliseconds: 400 });
    const begun = performance.now();
    const opening = namespace.open({ url, connectTimeoutMilliseconds: 700, startTimeoutMilliseconds: 1 });
    await expect(opening).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE', retryable: true });
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it.runIf(long)('never gives up after the first success', { timeout: 20_000 }, async () => {
    const broker = await namespace.open({ url, startTimeoutMilliseconds: 1, random: () => 0.05 });
    const deliveries = await collect(broker);
    await proxy.mode('rst');
    await proxy.mode('refuse');
    await delay(4000);
    expect(broker.status()).toMatchObject({ connected: false, epoch: 1 });
    await expect(broker.publish('events', 1, { messageId: 'a' })).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    await expect(broker.depth('tasks')).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    broker.broadcast('presence', 'nobody hears');
    await proxy.mode('ok');
    await publish('after');
    await waitFor(2000, () => expect(deliveries.map(({ body }) => body)).toEqual(['after']));
  });

  it('takes subscriptions while there is no connection', async () => {
    const broker = await namespace.open({ url });
    await proxy.mode('rst');
    await waitFor(1000, () => expect(broker.status().connected).toBe(false));
    const deliveries = await collect(broker);
    const cancelled: unknown[] = [];
    const subscription = await broker.consume('tasks', { prefetch: 1 }, (delivery) => void cancelled.push(delivery));
    await subscription.cancel();
    await proxy.mode('ok');
    await publish('after');
    await waitFor(4000, () => expect(deliveries.map(({ body }) => body)).toEqual(['after']));
    expect(cancelled).toEqual([]);
  });

  it('ends nothing on another connection than the one it came from', async () => {
    const broker = await namespace.open({ url });
    const deliveries = await collect(broker);
    await publish('first');
    await waitFor(2000, () => expect(deliveries).toHaveLength(1));
    await proxy.mode('rst');
    // The channel is dead, or about to be noticed as dead.
    deliveries[0]?.ack();
    await proxy.mode('ok');
    await waitFor(4000, () => expect(deliveries).toHaveLength(2));
    await waitFor(4000, () => expect(broker.status()).toMatchObject({ connected: true, epoch: 2 }));
    const [stale, live] = deliveries;
    stale?.ack();
    stale?.retry();
    stale?.deadLetter();
    await delay(300);
    // The tag of the stale delivery, used on the new channel, would have ended the new delivery or the channel.
    expect(broker.status()).toMatchObject({ connected: true, epoch: 2 });
    expect(live).toMatchObject({ body: 'first', deliveryCount: 1 });
    expect(deliveries).toHaveLength(2);
    live?.ack();
    await delay(100);
    expect(await master.depth('tasks')).toBe(0);
    expect(await master.depth('dead')).toBe(0);
  });

  it('acknowledges on a dead channel without an effect', async () => {
    const broker = await namespace.open({ url });
    const deliveries = await collect(broker);
    await publish('first');
    await waitFor(2000, () => expect(deliveries).toHaveLength(1));
    await proxy.mode('rst');
    await waitFor(1000, () => expect(broker.status().connected).toBe(false));
    expect(() => deliveries[0]?.ack()).not.toThrow();
    expect(() => deliveries[0]?.retry()).not.toThrow();
  });

  it('fails publishes in flight when the connection is lost, and those that are not confirmed in time', async () => {
    const metrics = createMetrics();
    const broker = await namespace.open({ url, publishTimeoutMilliseconds: 1500, metrics });
    await proxy.mode('blackhole');
    const begun = performance.now();
    await expect(broker.publish('tasks', 1, { messageId: 'a' })).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    expect(performance.now() - begun).toBeGreaterThan(1490);
    expect(await metrics.registry.metrics()).toContain('tessera_broker_unconfirmed_messages 1');
    const aborting = new AbortController();
    const aborted = broker.publish('tasks', 2, { messageId: 'b', signal: aborting.signal });
    aborting.abort();
    await expect(aborted).rejects.toMatchObject({ code: 'CANCELLED' });
    const lost = broker.publish('tasks', 3, { messageId: 'c' });
    await proxy.mode('rst');
    await expect(lost).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    // Sooner than by its own timeout.
    expect(performance.now() - begun).toBeLessThan(2990);
    expect(await metrics.registry.metrics()).toContain('tessera_broker_unconfirmed_messages 0');
  });

  it('has at most 500 messages without a confirm', async () => {
    const metrics = createMetrics();
    const broker = await namespace.open({ url, publishTimeoutMilliseconds: 2000, metrics });
    await proxy.mode('blackhole');
    const settled = Promise.allSettled(
      Array.from({ length: 1200 }, (_, index) => broker.publish('tasks', index, { messageId: String(index) })),
    );
    expect(await metrics.registry.metrics()).toContain('tessera_broker_unconfirmed_messages 500');
    expect((await settled).every(({ status }) => status === 'rejected')).toBe(true);
    await proxy.mode('rst');
    await waitFor(1000, () => expect(broker.status().connected).toBe(false));
    await proxy.mode('ok');
    await waitFor(4000, () => expect(broker.status().connected).toBe(true));
    await Promise.all(
      Array.from({ length: 1200 }, (_, index) => broker.publish('tasks', index, { messageId: String(index) })),
    );
    expect(await metrics.registry.metrics()).toContain('tessera_broker_unconfirmed_messages 0');
  });

  it.runIf(long)('closes within its time when the broker does not answer, and leaves no socket', async () => {
    const broker = await namespace.open({ url, drainMilliseconds: 300 });
    const deliveries = await collect(broker);
    await publish('unfinished');
    await waitFor(2000, () => expect(deliveries).toHaveLength(1));
    await proxy.mode('blackhole');
    const sockets = openSockets();
    const begun = performance.now();
    await broker.close();
    expect(performance.now() - begun).toBeLessThan(5000);
    await waitFor(500, () => expect(openSockets()).toBe(sockets - 2));
    await expect(broker.publish('tasks', 1, { messageId: 'a' })).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
  });

  it('closes while it tries to connect', async () => {
    const broker = await namespace.open({ url });
    await proxy.mode('rst');
    await proxy.mode('hang');
    await delay(300);
    const begun = performance.now();
    await broker.close();
    expect(performance.now() - begun).toBeLessThan(4000);
    const { accepted } = proxy;
    await delay(500);
    expect(proxy.accepted).toBe(accepted);
  });
});

/** Client sockets of this process, those of proxies included. */
function openSockets(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
}
