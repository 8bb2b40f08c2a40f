import { createMetrics } from '@tessera/runtime';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import type { TcpProxy } from '../fault-proxy/tcp-proxy.ts';
import { inTurn, parseAddresses } from './addresses.ts';
import { Namespace } from './testing/namespace.ts';
import { proxied } from './testing/proxied.ts';

describe('parseAddresses', () => {
  it.each([
    ['amqp://one', ['amqp://one']],
    ['amqp://u:p@one/v,amqps://u:p@two:5671/v', ['amqp://u:p@one/v', 'amqps://u:p@two:5671/v']],
    ['amqp://one, amqp://two ,\namqp://three', ['amqp://one', 'amqp://two', 'amqp://three']],
    ['amqp://user:pass,word@one,amqp://two', ['amqp://user:pass,word@one', 'amqp://two']],
  ])('reads %j', (text, expected) => {
    expect(parseAddresses(text)).toEqual(expected);
  });

  it.each([
    '',
    'one',
    'http://one',
    'amqp://one,http://two',
    'amqp://one,two',
    'amqp://one,',
    'amqp://one,,amqp://two',
  ])('refuses %j', (text) => {
    expect(() => parseAddresses(text)).toThrow(expect.objectContaining({ code: 'INVALID_CONFIG' }));
  });
});

describe('inTurn', () => {
  it.each([
    [0, 'abca'],
    [0.5, 'bcab'],
    [0.99, 'cabc'],
  ])('begins anywhere (%d) and gives all', (random, expected) => {
    const addresses = inTurn(['a', 'b', 'c'], () => random);
    expect(Array.from({ length: 4 }, () => addresses.next().value).join('')).toBe(expected);
  });
});

describe('a broker of several addresses', () => {
  let namespace: Namespace;
  let first: { proxy: TcpProxy; url: string };
  let second: { proxy: TcpProxy; url: string };
  beforeEach(async () => {
    namespace = new Namespace(inject('amqpUrl'));
    first = await proxied(inject('amqpUrl'));
    second = await proxied(inject('amqpUrl'));
  });
  afterEach(async () => {
    await namespace.remove();
    await Promise.all([first.proxy.close(), second.proxy.close()]);
  });
  const both = (): string => `${first.url},${second.url}`;

  it('starts on another one when the first is not there', async () => {
    await first.proxy.mode('refuse');
    const broker = await namespace.open({ url: both(), random: () => 0 });
    expect(broker.status().connected).toBe(true);
    expect([first.proxy.connections, second.proxy.connections]).toEqual([0, 2]);
  });

  it('goes to another one, with its subscriptions, within 2 s when the one it uses is lost, and back', async () => {
    const metrics = createMetrics();
    const broker = await namespace.open({ url: both(), random: () => 0, metrics });
    expect([first.proxy.connections, second.proxy.connections]).toEqual([2, 0]);
    const heard: unknown[] = [];
    await broker.consume('tasks', { prefetch: 10 }, (delivery) => {
      heard.push(delivery.body);
      delivery.ack();
    });
    for (const [lost, other, word] of [
      [first, second, 'there'],
      [second, first, 'back'],
    ] as const) {
      await other.proxy.mode('ok');
      await lost.proxy.mode('rst');
      await lost.proxy.mode('refuse');
      await vi.waitFor(() => broker.publish('tasks', word, { messageId: word }), { timeout: 2000, interval: 20 });
      await vi.waitFor(() => expect(heard.at(-1)).toBe(word), { timeout: 2000, interval: 20 });
      expect([lost.proxy.connections, other.proxy.connections]).toEqual([0, 2]);
    }
    expect(await metrics.registry.metrics()).toContain('tessera_broker_reconnects_total{connection="consume"} 2');
  });
});
