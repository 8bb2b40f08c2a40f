import { expect, it } from 'vitest';
import { Slots } from './slots.ts';

const never = new AbortController().signal;

it('gives so many slots and then one for each that is given back, in order', async () => {
  const slots = new Slots(2);
  const order: string[] = [];
  const take = async (name: string): Promise<void> => {
    await slots.take(never);
    order.push(name);
  };
  await Promise.all([take('a'), take('b')]);
  const waiting = [take('c'), take('d')];
  await Promise.resolve();
  expect(order).toEqual(['a', 'b']);
  slots.giveBack();
  await waiting[0];
  expect(order).toEqual(['a', 'b', 'c']);
  slots.giveBack();
  await waiting[1];
  slots.giveBack();
  slots.giveBack();
  await Promise.all([take('e'), take('f')]);
  expect(order).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

it('forgets who does not wait any more', async () => {
  const slots = new Slots(1);
  await slots.take(never);
  const leaving = new AbortController();
  const left = slots.take(leaving.signal);
  const next = slots.take(never);
  leaving.abort(new Error('left'));
  await expect(left).rejects.toThrow('left');
  await expect(slots.take(AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  slots.giveBack();
  await next;
});
