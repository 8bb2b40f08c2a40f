import { mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile, mkdir } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeOf, readAll, testBytes } from '../contract/test-bytes.ts';
import { objectStoreContract } from '../object-store.contract.ts';
import { createFolderStore } from './index.ts';

const newRoot = (): Promise<string> => mkdtemp(join(tmpdir(), 'tessera-folder-'));

for (const durable of [true, false]) {
  objectStoreContract(`folder, durable ${durable}`, async () => {
    const root = await newRoot();
    return {
      store: createFolderStore({ root, durable }),
      cleanup: () => rm(root, { recursive: true }),
      leftovers: () => readdir(join(root, '.partial')),
    };
  });
}

describe('folder store', () => {
  let root = '';
  beforeEach(async () => {
    root = await newRoot();
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  test('objects are plain files', async () => {
    const store = createFolderStore({ root });
    await store.put('results/job/picture.png', testBytes(500), { contentType: 'image/png' });
    expect((await readFile(join(root, 'results', 'job', 'picture.png'))).equals(testBytes(500))).toBe(true);
  });

  test('deleting the last object removes the empty folders', async () => {
    const store = createFolderStore({ root });
    await store.put('a/b/c/d', testBytes(5), { contentType: 'image/png' });
    await store.put('a/e', testBytes(5));
    await store.delete(['a/b/c/d']);
    expect(await readdir(join(root, 'a'))).toEqual(['e']);
    await store.delete(['a/e']);
    expect(await readdir(root)).toEqual(['.partial', '.types']);
    expect(await readdir(join(root, '.types'))).toEqual([]);
  });

  test('forgets the content type of a deleted object', async () => {
    const store = createFolderStore({ root });
    await store.put('x', testBytes(5), { contentType: 'image/png' });
    await store.delete(['x']);
    await writeFile(join(root, 'x'), 'put there by hand');
    expect(await store.head('x')).toMatchObject({ contentType: 'application/octet-stream' });
  });

  test('keeps objects over restarts', async () => {
    const put = await createFolderStore({ root }).put('kept', testBytes(5), { contentType: 'image/png' });
    expect(await createFolderStore({ root }).head('kept')).toEqual(put);
  });

  test('sweeps what killed writers left, and nothing that is being written', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const partial = join(root, '.partial');
    await mkdir(partial);
    const names = [`${dead}-killed`, `${dead}-killed.type`, `${process.pid}-old`, '1-untouched', `${process.pid}-live`];
    for (const name of names) await writeFile(join(partial, name), 'x');
    const beforeThisProcess = performance.timeOrigin / 1000 - 5;
    await utimes(join(partial, `${process.pid}-old`), beforeThisProcess, beforeThisProcess);
    const twoHoursAgo = Date.now() / 1000 - 7200;
    await utimes(join(partial, '1-untouched'), twoHoursAgo, twoHoursAgo);
    await createFolderStore({ root }).ping();
    expect(await readdir(partial)).toEqual([`${process.pid}-live`]);
  });

  test('a key can not be a folder of another', async () => {
    const store = createFolderStore({ root });
    await store.put('a/b', testBytes(5));
    expect(await codeOf(store.put('a', testBytes(5)))).toBe('CONFLICT');
    expect(await codeOf(store.put('a/b/c', testBytes(5), { contentType: 'image/png' }))).toBe('CONFLICT');
    expect(await readdir(join(root, '.partial'))).toEqual([]);
    expect(await codeOf(store.get('a'))).toBe('NOT_FOUND');
    expect(await store.head('a/b')).toMatchObject({ bytes: 5 });
  });

  test('a file cut while it is read fails the stream', async () => {
    const store = createFolderStore({ root });
    await store.put('cut', testBytes(4 * 1024 * 1024));
    const stream = await store.get('cut');
    await truncate(join(root, 'cut'), 1000);
    expect(await codeOf(stream.toArray())).toBe('STORE_CORRUPT');
  });

  test('a root that can not be used is STORE_UNAVAILABLE, and heals', async () => {
    const file = join(root, 'file');
    await writeFile(file, '');
    const store = createFolderStore({ root: join(file, 'below') });
    expect(await codeOf(store.ping())).toBe('STORE_UNAVAILABLE');
    expect(await codeOf(store.put('x', testBytes(5)))).toBe('STORE_UNAVAILABLE');
    await rm(file);
    await store.put('x', testBytes(5));
    expect((await readAll(store, 'x')).equals(testBytes(5))).toBe(true);
  });
});
