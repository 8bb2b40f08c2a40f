import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { MAX_MESSAGE_BYTES } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import { expect, it, vi } from 'vitest';
import type { Broker, Delivery, Inbox } from './broker.ts';

const within = { timeout: 10_000, interval: 10 };

/** The part of the broker contract that is about inboxes; `brokers` gives those of the present test. */
export function inboxContract(
  brokers: () => {
    readonly master: Broker;
    readonly executor: Broker;
    readonly connect: (role: 'executor') => Promise<Broker>;
  },
): void {
  /** Opens an inbox and collects its deliveries without ending them. */
  const open = async (broker: Broker, prefetch = 10): Promise<{ inbox: Inbox; deliveries: Delivery[] }> => {
    const deliveries: Delivery[] = [];
    return { inbox: await broker.openInbox({ prefetch }, (delivery) => void deliveries.push(delivery)), deliveries };
  };
  const addressOf = ({ address }: Inbox): string => {
    if (address === undefined) throw new AppError('INTERNAL');
    return address;
  };
  const send = (inbox: Inbox, body: unknown, messageId: string = randomUUID()): Promise<void> =>
    brokers().master.send(addressOf(inbox), body, { messageId });
  const collectDead = async (): Promise<Delivery[]> => {
    const dead: Delivery[] = [];
    await brokers().master.consume('dead', { prefetch: 10 }, (delivery) => void dead.push(delivery));
    return dead;
  };

  it('sends to one inbox and to nobody else', async () => {
    const { master, executor, connect } = brokers();
    const other = await connect('executor');
    const [one, two] = [await open(executor), await open(other)];
    const common: unknown[] = [];
    await executor.consume('tasks', { prefetch: 10 }, (delivery) => {
      common.push(delivery.body);
      delivery.ack();
    });
    expect(one.inbox.address).not.toBe(two.inbox.address);
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await master.send(addressOf(one.inbox), { for: 'one' }, { messageId: 'first', traceparent });
    await send(two.inbox, { for: 'two' }, 'second');
    await master.publish('tasks', 'for anybody', { messageId: 'third' });
    await vi.waitFor(() => expect(one.deliveries).toHaveLength(1), within);
    await vi.waitFor(() => expect(two.deliveries).toHaveLength(1), within);
    await vi.waitFor(() => expect(common).toEqual(['for anybody']), within);
    expect(one.deliveries[0]).toMatchObject({
      body: { for: 'one' },
      messageId: 'first',
      deliveryCount: 0,
      traceparent,
    });
    expect(two.deliveries[0]).toMatchObject({ body: { for: 'two' }, messageId: 'second' });
    for (const { deliveries } of [one, two]) deliveries[0]?.ack();
    await delay(100);
    expect(await master.depth('tasks')).toBe(0);
  });

  it('keeps at most prefetch deliveries of an inbox in flight', async () => {
    const { inbox, deliveries } = await open(brokers().executor, 2);
    await Promise.all(Array.from({ length: 5 }, (_, index) => send(inbox, index)));
    await vi.waitFor(() => expect(deliveries).toHaveLength(2), within);
    await delay(150);
    expect(deliveries).toHaveLength(2);
    for (let done = 0; done < 5; done += 1) {
      await vi.waitFor(() => expect(deliveries.length).toBeGreaterThan(done), within);
      deliveries[done]?.ack();
    }
    expect(deliveries.map(({ body }) => body)).toEqual([0, 1, 2, 3, 4]);
  });

  it('puts a message of an inbox back once, and then moves it to the dead-letter queue', async () => {
    const counts: number[] = [];
    const dead = await collectDead();
    const inbox = await brokers().executor.openInbox({ prefetch: 1 }, (delivery) => {
      counts.push(delivery.deliveryCount);
      delivery.retry();
    });
    await send(inbox, { poison: 'ä' }, 'poison');
    await vi.waitFor(() => expect(dead).toHaveLength(1), within);
    expect(counts).toEqual([0, 1]);
    expect(dead[0]).toMatchObject({ body: { poison: 'ä' }, messageId: 'poison', deliveryCount: 0 });
    dead[0]?.ack();
  });

  it('moves a message of an inbox to the dead-letter queue at once when asked to', async () => {
    const dead = await collectDead();
    const inbox = await brokers().executor.openInbox({ prefetch: 1 }, (delivery) => delivery.deadLetter());
    await send(inbox, 'corrupt', 'corrupt');
    await vi.waitFor(() => expect(dead.map(({ body }) => body)).toEqual(['corrupt']), within);
    dead[0]?.ack();
  });

  it('says that an inbox is gone: after cancel, after close, and where there never was one', async () => {
    const { master, executor, connect } = brokers();
    const gone = (address: string): Promise<void> =>
      expect(master.send(address, 'late', { messageId: 'late' })).rejects.toMatchObject({ code: 'UNROUTABLE' });
    await gone('tessera.nowhere');
    const { inbox, deliveries } = await open(executor);
    const address = addressOf(inbox);
    await inbox.cancel();
    expect(inbox.address).toBeUndefined();
    await vi.waitFor(() => gone(address), within);
    const other = await connect('executor');
    const closed = addressOf((await open(other)).inbox);
    await other.close();
    await vi.waitFor(() => gone(closed), within);
    expect(deliveries).toEqual([]);
    expect(await master.depth('dead')).toBe(0);
  });

  it('lets what is in flight end after an inbox was closed, and loses what waits in it', async () => {
    const { master, executor } = brokers();
    const { inbox, deliveries } = await open(executor, 1);
    await send(inbox, 'begun');
    await send(inbox, 'waiting');
    await vi.waitFor(() => expect(deliveries).toHaveLength(1), within);
    await inbox.cancel();
    // What the queue of an inbox does as it closes may hand out what waited; that is the consumer's then.
    for (const delivery of deliveries) delivery.ack();
    await delay(200);
    expect(deliveries.length).toBeLessThanOrEqual(2);
    const { deliveries: others } = await open(executor);
    await delay(200);
    expect(others).toEqual([]);
    expect([await master.depth('tasks'), await master.depth('dead')]).toEqual([0, 0]);
  });

  it('gives an inbox another address when it is opened again', async () => {
    const { executor } = brokers();
    const first = await open(executor);
    const before = addressOf(first.inbox);
    await first.inbox.cancel();
    const second = await open(executor);
    expect(addressOf(second.inbox)).not.toBe(before);
    await send(second.inbox, 'here');
    await vi.waitFor(() => expect(second.deliveries).toHaveLength(1), within);
    second.deliveries[0]?.ack();
  });

  it('refuses to send what publish refuses', async () => {
    const { master, executor } = brokers();
    const { inbox } = await open(executor);
    const address = addressOf(inbox);
    await expect(master.send(address, 'x'.repeat(MAX_MESSAGE_BYTES), { messageId: 'long' })).rejects.toMatchObject({
      code: 'INTERNAL',
      retryable: false,
    });
    const signal = AbortSignal.abort();
    await expect(master.send(address, 'x', { messageId: 'x', signal })).rejects.toMatchObject({ code: 'CANCELLED' });
    await master.close();
    await expect(master.send(address, 'x', { messageId: 'x' })).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
  });
}
