import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@tessera/runtime';
import { expect, it, vi } from 'vitest';
import type { Broker } from './broker.ts';

const within = { timeout: 10_000, interval: 10 };

/** The part of the broker contract that is about broadcasts; `brokers` gives those of the present test. */
export function fanOutContract(
  brokers: () => {
    readonly master: Broker;
    readonly executor: Broker;
    readonly connect: (role: 'executor') => Promise<Broker>;
  },
): void {
  it('broadcasts to all who listen and to none who left', async () => {
    const { master, executor, connect } = brokers();
    const other = await connect('executor');
    const heard: Record<'one' | 'other' | 'presence', unknown[]> = { one: [], other: [], presence: [] };
    const leaving = await executor.subscribe('control', (body) => void heard.one.push(body));
    await other.subscribe('control', (body) => void heard.other.push(body));
    await master.subscribe('presence', (body) => void heard.presence.push(body));
    master.broadcast('control', { type: 'cancel', job: 'j1' });
    executor.broadcast('presence', 'here');
    await vi.waitFor(() => expect(heard).toMatchObject({ one: [{ job: 'j1' }], other: [{ job: 'j1' }] }), within);
    await vi.waitFor(() => expect(heard.presence).toEqual(['here']), within);
    await leaving.cancel();
    master.broadcast('control', 'second');
    await vi.waitFor(() => expect(heard.other).toHaveLength(2), within);
    await delay(50);
    expect(heard.one).toHaveLength(1);
  });

  it('goes on broadcasting after a listener threw', async () => {
    const { master, executor } = brokers();
    const heard: unknown[] = [];
    await executor.subscribe('control', (body) => {
      heard.push(body);
      throw new AppError('INTERNAL');
    });
    master.broadcast('control', 1);
    master.broadcast('control', 2);
    await vi.waitFor(() => expect(heard).toEqual([1, 2]), within);
  });
}
