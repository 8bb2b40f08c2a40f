import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInProcessBroker } from '@tessera/queue/in-process';
import { createMetrics, silentLogger } from '@tessera/runtime';
import { createMemoryStore } from '@tessera/storage/memory';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pngPicture } from '../testing/pictures.ts';
import { ScriptedExecutor, SOME_RESULT } from '../testing/scripted-executor.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite } from '../testing/test-site.ts';
import { JobCleaner } from './job-cleaner.ts';
import { Retention } from './retention.ts';
import { removeOwnScratch } from './stale-scratch.ts';
import { Sweeper } from './sweeper.ts';

let parts: TestParts;
beforeAll(async () => {
  parts = await startTestParts();
});
afterAll(() => parts.close());

const HOUR = 3_600_000;

function sweeperAt(now: () => number, objects: TestSite['objects'], scratchFolder = parts.folder): Sweeper {
  const logger = silentLogger();
  const cleaner = new JobCleaner({ broker: createInProcessBroker(), objects, logger, metrics: createMetrics() });
  return new Sweeper({
    store: parts.store,
    objects,
    cleaner,
    retention: new Retention({
      store: parts.store,
      objects,
      logger,
      keepResultsSeconds: 0,
      keepUploadsSeconds: 0,
      keepPipelinesSeconds: 0,
      settleSeconds: 0,
      orphanSeconds: 0,
    }),
    logger,
    now,
    scratchFolder,
    everyMilliseconds: HOUR,
    keepChangesSeconds: 3600,
    keepFailedMilliseconds: 24 * HOUR,
    unfinishedUploadSeconds: 3600,
    keepPartialUploadsSeconds: 86_400,
  });
}

test('pieces of jobs that ended go; those of running and of lately failed ones stay', async () => {
  const site = await TestSite.start(parts, { environment: { SWEEP_SECONDS: '86400' } });
  const executor = new ScriptedExecutor(site.broker);
  const image = await site.client.image(pngPicture());
  const submit = () => site.client.job(image.id, { reuse: false });
  const done = await submit();
  const failed = await submit();
  const open = await submit();
  const cancelled = await submit();
  await executor.finish(done.id, SOME_RESULT);
  const { message, delivery } = await executor.next(failed.id);
  await executor.report(message, { type: 'failed', code: 'CORRUPT_IMAGE', message: 'damaged', retryable: false });
  delivery.ack();
  await site.client.fetch(`/api/v1/jobs/${cancelled.id}`, { method: 'DELETE' });
  await site.client.ended(done.id);
  await site.client.ended(failed.id);
  await executor.close();
  const objects = createMemoryStore();
  const put = (job: string) =>
    Promise.all([0, 1].map((index) => objects.put(`work/${job}/0/${index}`, Buffer.from('piece'))));
  await Promise.all([done.id, failed.id, open.id, cancelled.id, 'unknown'].map(put));
  const owners = async () => {
    const keys: string[] = [];
    for await (const { key } of objects.list('work/')) keys.push(key.split('/')[1] ?? '');
    return [...new Set(keys)].sort();
  };
  await sweeperAt(Date.now, objects).sweep();
  expect(await owners()).toEqual([failed.id, open.id].sort());
  await sweeperAt(() => Date.now() + 25 * HOUR, objects).sweep();
  expect(await owners()).toEqual([open.id]);
  await site.close();
});

test('scratch files of dead processes go, those of living ones and everything else stay', async () => {
  const folder = join(parts.folder, 'stale');
  await mkdir(join(folder, 'decoder'), { recursive: true });
  const names = ['999999999.dead', `${process.pid}.ours`, `${process.ppid}.living`, 'something.else'];
  for (const name of names) await writeFile(join(folder, name), '');
  await sweeperAt(Date.now, createMemoryStore(), folder).sweep();
  expect((await readdir(folder)).sort()).toEqual([...names.slice(1), 'decoder'].sort());
  await removeOwnScratch(folder);
  expect((await readdir(folder)).sort()).toEqual([...names.slice(2), 'decoder'].sort());
});

test('stores that upload in parts are rid of unfinished uploads', async () => {
  const swept: number[] = [];
  const objects = Object.assign(createMemoryStore(), {
    sweepMultiparts: async (olderThanSeconds: number) => swept.push(olderThanSeconds),
  });
  await sweeperAt(Date.now, objects).sweep();
  expect(swept).toEqual([3600]);
});
