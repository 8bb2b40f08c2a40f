import { describe, expect, it } from 'vitest';
import { Lifecycle } from './lifecycle.ts';
import { silentLogger } from './logger.ts';

describe('Lifecycle', () => {
  it('closes in reverse order, once, past parts that fail or hang', async () => {
    const closed: string[] = [];
    const lifecycle = new Lifecycle(silentLogger());
    lifecycle.add('first', () => void closed.push('first'));
    lifecycle.add('hangs', () => new Promise(() => undefined));
    lifecycle.add('fails', () => Promise.reject(new Error('no')));
    lifecycle.add('last', () => void closed.push('last'));
    await Promise.all([lifecycle.close(20), lifecycle.close(20)]);
    expect(closed).toEqual(['last', 'first']);
  });

  it('does not fail a start that a stop cuts short', async () => {
    const lifecycle = new Lifecycle(silentLogger());
    const failing = () => lifecycle.starting(() => Promise.reject(new Error('the broker was closed')));
    await expect(failing()).rejects.toThrow('the broker was closed');
    void lifecycle.close();
    await expect(failing()).resolves.toBeUndefined();
  });
});
