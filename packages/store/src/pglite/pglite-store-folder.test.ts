import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger } from '@tessera/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lawRuns } from '../../../../tests/services/law-runs.ts';
import { startChild } from '../contract/child-process.ts';
import { imageRow, runAll, submit } from '../contract/job-fixture.ts';
import { createPgliteStore } from './create-pglite-store.ts';

const INSERTER = new URL('../contract/insert-images-process.ts', import.meta.url);

describe('a PGlite store in a folder', { timeout: 180_000 }, () => {
  let folder: string;
  const open = () => createPgliteStore({ folder, logger: silentLogger() });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pglite-store-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('keeps what was done when it is closed and opened, and is open once', async () => {
    const store = await open();
    await expect(open()).rejects.toMatchObject({ code: 'DATA_FOLDER_LOCKED' });
    const { id } = await submit(store);
    await runAll(store);
    const job = await store.getJob(id);
    await store.close();
    await store.close();
    await expect(store.ping()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    const again = await open();
    expect(await again.getJob(id)).toEqual(job);
    expect(await again.lastChange()).toBeGreaterThan(0);
    await again.close();
  });

  it('loses nothing that was acknowledged when its process is killed at work', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < lawRuns(1, 3); round++) {
      const child = startChild(INSERTER, folder);
      await child.line(/^open$/);
      await child.line(/^inserted/);
      await sleep(150 + 170 * round);
      await child.kill('SIGKILL');
      acknowledged.push(...child.lines.flatMap((line) => /^inserted (\S+)$/.exec(line)?.[1] ?? []));
    }
    expect(acknowledged.length).toBeGreaterThan(lawRuns(10, 50));
    const store = await open();
    for (const id of acknowledged) expect(await store.getImage(id)).toMatchObject({ id, name: imageRow().name });
    await store.close();
  });
});
