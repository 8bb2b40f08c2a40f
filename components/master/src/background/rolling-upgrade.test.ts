import { join } from 'node:path';
import type { JobDto } from '@tessera/contracts';
import { createExecutor, executorWorkShape, type Executor } from '@tessera/executor';
import { KERNEL_VERSION } from '@tessera/imaging';
import { createMetrics, parseConfig, silentLogger } from '@tessera/runtime';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { long } from '../../../../tests/services/long.ts';
import { overriding } from '../testing/overriding.ts';
import { pngPicture } from '../testing/pictures.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite, until } from '../testing/test-site.ts';

const BEFORE = 'of before';
const VERSIONS = [BEFORE, KERNEL_VERSION];

let parts: TestParts;
let site: TestSite;
let image: string;
/** Version that jobs are planned for: that of the master which takes them. */
let planned: string;
const executors = new Map<string, { readonly executor: Executor; readonly version: string }>();
const versionOf = new Map<string, string>();

beforeAll(async () => {
  parts = await startTestParts();
});
afterAll(() => parts.close());

beforeEach(async () => {
  planned = KERNEL_VERSION;
  site = await TestSite.start(parts, {
    environment: { EXECUTOR_GONE_SECONDS: '1' },
    wrapStore: (store) =>
      overriding(store, {
        insertJobs: (jobs, webhook) =>
          store.insertJobs(
            jobs.map((job) => ({ ...job, plan: { ...job.plan, kernel: planned } })),
            webhook,
          ),
      }),
  });
  image = (await site.client.image(pngPicture(300, 400))).id;
});
afterEach(async () => {
  await Promise.all([...executors.keys()].map(stop));
  const { jobs } = (await site.client.json<{ jobs: JobDto[] }>('/api/v1/jobs?limit=100')).body;
  for (const job of jobs) await site.store.cancelJob(job.id);
  await site.close();
});

/** An executor that takes its time for each task, so that it can be stopped in the middle of a job. */
async function start(name: string, version: string, milliseconds = 0): Promise<void> {
  const config = parseConfig(executorWorkShape, {
    EXECUTOR_ID: name,
    EXECUTOR_SLOTS: '1',
    EXECUTOR_SCRATCH: join(parts.folder, 'decoder', name),
    EXECUTOR_PRESENCE_MILLISECONDS: '100',
    EXECUTOR_DRAIN_SECONDS: '1',
    EXECUTOR_LOAD_PROBABILITY: '1',
    EXECUTOR_LOAD_DELAY_MILLISECONDS: String(milliseconds + 1),
  });
  const { objects, broker } = site;
  const { decoder } = parts;
  const around = { logger: silentLogger(), metrics: createMetrics(), config, kernel: version };
  const executor = createExecutor({ objects, broker, decoder, ...around });
  executors.set(name, { executor, version });
  versionOf.set(name, version);
  await executor.start();
}

async function stop(name: string): Promise<void> {
  await executors.get(name)?.executor.close();
  executors.delete(name);
}

const submit = (version: string, strategy: 'balanced' | 'random' = 'balanced'): Promise<JobDto> => {
  planned = version;
  return site.client.job(image, { split: 'always', reuse: false, strategy });
};

/** Waits for the end of a job, and gives the versions of those who worked on it and of its plan. */
async function endOf({ id }: JobDto) {
  const { state, result } = await site.client.ended(id);
  const workers = (await site.store.getTasks(id)).map(({ executor }) => versionOf.get(executor ?? ''));
  const { plan } = (await site.store.getJob(id)) ?? {};
  return {
    state,
    digest: result?.pixelDigest,
    workers: [...new Set(workers)],
    kernel: plan?.kernel,
    again: plan?.again,
  };
}

test('while executors of two versions live, each job is done by those of its own', async () => {
  await Promise.all([start('old', BEFORE), start('new', KERNEL_VERSION)]);
  const wishes = VERSIONS.flatMap((version) => [
    { version, strategy: 'balanced' as const },
    { version, strategy: 'random' as const },
  ]);
  const jobs: JobDto[] = [];
  for (const { version, strategy } of wishes) jobs.push(await submit(version, strategy));
  for (const [n, { version }] of wishes.entries()) {
    const job = jobs[n];
    if (job !== undefined)
      expect(await endOf(job)).toMatchObject({ state: 'done', workers: [version], kernel: version });
  }
});

test('a job whose executors are gone in the middle begins anew with those that are there', async () => {
  await start('old', BEFORE, 300);
  const job = await submit(BEFORE);
  await until(async () => (await site.store.getJob(job.id))?.tasksDone === 1);
  await start('new', KERNEL_VERSION);
  await stop('old');
  const ended = await endOf(job);
  expect(ended).toMatchObject({ state: 'done', workers: [KERNEL_VERSION], kernel: KERNEL_VERSION, again: 1 });
  expect(ended.digest).toBe((await endOf(await submit(KERNEL_VERSION))).digest);
  expect((await site.client.fetch(`/api/v1/jobs/${job.id}/result`)).status).toBe(200);
  await until(async () => (await site.keys('work/')).length === 0);
});

test('a job of the next version waits for its executors, and says so', async () => {
  await start('old', BEFORE);
  const job = await submit(KERNEL_VERSION);
  const waitsFor = async () => (await site.client.json<JobDto>(`/api/v1/jobs/${job.id}`)).body.waitsFor;
  await until(async () => (await waitsFor()) === 'executor');
  await start('new', KERNEL_VERSION);
  await until(async () => (await waitsFor()) === undefined);
  const ended = await endOf(job);
  expect(ended).toMatchObject({ state: 'done', workers: [KERNEL_VERSION] });
  expect(ended.again).toBeUndefined();
});

test.runIf(long)(
  'jobs in flight end right while executors of both versions come and go',
  { timeout: 300_000 },
  async () => {
    let name = 0;
    const jobs: JobDto[] = [];
    for (let round = 0; round < 30; round += 1) {
      // From the old version to the new one and back, several times.
      const version = VERSIONS[Math.floor(round / 5) % 2] ?? BEFORE;
      await start(`executor-${String(name++)}`, version, 20);
      for (let n = 0; n < 3; n += 1)
        jobs.push(await submit(VERSIONS[n % 2] ?? BEFORE, n === 1 ? 'random' : 'balanced'));
      await new Promise((resolve) => setTimeout(resolve, 400));
      if (executors.size > 2) await stop([...executors.keys()][0] ?? '');
    }
    await start('last-old', BEFORE);
    await start('last-new', KERNEL_VERSION);
    const digests = new Set<string | undefined>();
    for (const job of jobs) {
      const { state, digest, workers, kernel } = await endOf(job);
      expect([state, workers]).toEqual(['done', [kernel]]);
      digests.add(digest);
    }
    expect(digests.size).toBe(1);
  },
);
