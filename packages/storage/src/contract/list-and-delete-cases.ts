import { expect, test } from 'vitest';
import type { ObjectStore } from '../object-store.ts';
import type { StoreUnderTestGetter } from '../object-store.contract.ts';
import { codeOf, collect, readAll, testBytes } from './test-bytes.ts';

const MANY = 1100;

async function keysUnder(store: ObjectStore, prefix: string): Promise<string[]> {
  return (await collect(store.list(prefix))).map((object) => object.key);
}

/** Runs in groups: A thousand connections at once say nothing about a store. */
async function inGroups<T>(items: readonly T[], run: (item: T) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < items.length; start += 50) await Promise.all(items.slice(start, start + 50).map(run));
}

export function listAndDeleteCases(get: StoreUnderTestGetter): void {
  test('lists by prefix, with or without a slash at its end', async () => {
    const { store } = get();
    const keys = ['list/a', 'list/ab/1', 'list/ab/2', 'list/abc', 'list/b/c/d', 'listing'];
    await inGroups(keys, (key) => store.put(key, Buffer.from(key)));
    expect(await keysUnder(store, 'list/')).toEqual(keys.slice(0, 5));
    expect(await keysUnder(store, 'list')).toEqual(keys);
    expect(await keysUnder(store, 'list/ab')).toEqual(['list/ab/1', 'list/ab/2', 'list/abc']);
    expect(await keysUnder(store, 'list/ab/')).toEqual(['list/ab/1', 'list/ab/2']);
    expect(await keysUnder(store, 'list/b/c')).toEqual(['list/b/c/d']);
    expect(await keysUnder(store, 'list/abc')).toEqual(['list/abc']);
    expect(await keysUnder(store, 'list/a/')).toEqual([]);
    expect(await keysUnder(store, 'list/nothing')).toEqual([]);
  });

  test('tells sizes and tags as head does', async () => {
    const { store } = get();
    const { contentType: _, ...facts } = await store.put('list-facts/x', testBytes(321), { contentType: 'image/png' });
    expect(await collect(store.list('list-facts/'))).toEqual([facts]);
  });

  test('lists in the order of the bytes of the keys', async () => {
    const { store } = get();
    const names = ['Z', 'a', 'a-', 'a-/1', 'a.', 'a/1', 'a/1-', 'a0', 'a b', 'é', 'z', '\uff5e', '😀', '漢'];
    // `a` and `a-` would be folders of other keys.
    const keys = names.filter((name) => name !== 'a' && name !== 'a-').map((name) => `order/${name}`);
    await inGroups(keys.toReversed(), (key) => store.put(key, Buffer.from(key)));
    const sorted = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(await keysUnder(store, 'order/')).toEqual(sorted);
  });

  test(`lists and deletes ${MANY} objects`, async () => {
    const { store } = get();
    const keys = Array.from({ length: MANY }, (_, index) => `many/${index.toString().padStart(4, '0')}`);
    await inGroups(keys, (key) => store.put(key, Buffer.from(key)));
    expect(await keysUnder(store, 'many/')).toEqual(keys);
    await store.delete([...keys, 'many/not-there']);
    expect(await keysUnder(store, 'many/')).toEqual([]);
  });

  test('stops a listing when the signal says so', async () => {
    const { store } = get();
    await inGroups(['1', '2', '3'], (name) => store.put(`list-stop/${name}`, Buffer.from(name)));
    const stop = new AbortController();
    const reason = new Error('enough');
    const listing = async (): Promise<void> => {
      for await (const _ of store.list('list-stop/', { signal: stop.signal })) stop.abort(reason);
    };
    await expect(listing()).rejects.toBe(reason);
  });

  test.each(['../', '/', 'a/../../b', 'a//b', '.', 'nul\0'])('refuses the prefix %j', async (prefix) => {
    expect(await codeOf(collect(get().store.list(prefix)))).toBe('BAD_REQUEST');
  });

  test('deletes what is there, twice, and nothing else', async () => {
    const { store } = get();
    await inGroups(['gone', 'gone-not', 'folder/gone', 'folder/stays'], (name) =>
      store.put(`delete/${name}`, Buffer.from(name)),
    );
    for (let times = 0; times < 2; times += 1) await store.delete(['delete/gone', 'delete/folder/gone', 'delete/gone']);
    await store.delete([]);
    await store.delete(['delete/folder', 'delete/never/was']);
    expect(await keysUnder(store, 'delete/')).toEqual(['delete/folder/stays', 'delete/gone-not']);
    expect(await store.head('delete/gone')).toBeUndefined();
    expect((await readAll(store, 'delete/folder/stays')).toString()).toBe('folder/stays');
  });

  test('puts while the last neighbour is deleted', async () => {
    const { store } = get();
    for (let round = 0; round < 20; round += 1) {
      await store.put('neighbours/deep/old', Buffer.from('old'));
      await Promise.all([
        store.delete(['neighbours/deep/old']),
        store.put('neighbours/deep/new', Buffer.from('new'), { contentType: 'text/plain' }),
      ]);
      expect(await keysUnder(store, 'neighbours/')).toEqual(['neighbours/deep/new']);
      await store.delete(['neighbours/deep/new']);
    }
  });
}
