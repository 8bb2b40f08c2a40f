import type { JobDto } from '@tessera/contracts';
import type { Broker } from '@tessera/queue';
import { AppError } from '@tessera/runtime';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { pngPicture } from '../testing/pictures.ts';
import { ScriptedExecutor, SOME_RESULT, presence } from '../testing/scripted-executor.ts';
import { TestClient } from '../testing/test-client.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite, until, type SiteOptions } from '../testing/test-site.ts';
import { overriding } from '../testing/overriding.ts';

let parts: TestParts;
const sites: TestSite[] = [];

beforeAll(async () => {
  parts = await startTestParts();
});
afterAll(() => parts.close());
afterEach(async () => {
  for (const site of sites.splice(0)) {
    // Jobs of one test must not be published in the next.
    const { jobs } = (await site.client.json<{ jobs: JobDto[] }>('/api/v1/jobs?limit=100')).body;
    for (const job of jobs) await site.store.cancelJob(job.id);
    await site.close();
  }
});

async function start(options: SiteOptions = {}): Promise<TestSite> {
  const site = await TestSite.start(parts, options);
  sites.push(site);
  return site;
}

async function submit(site: TestSite, width: number, height: number): Promise<JobDto> {
  const image = await site.client.image(pngPicture(width, height));
  return site.client.job(image.id, { split: 'always', reuse: false });
}

test('a job that is submitted is published at once, stage after stage', async () => {
  const site = await start();
  const executor = new ScriptedExecutor(site.broker);
  const job = await submit(site, 600, 256);
  const renders = job.stages[0]?.tasks ?? 0;
  await until(() => executor.messages.length === renders);
  expect(
    executor.messages.every(({ stage, attempts, maxAttempts }) => stage === 0 && attempts === 0 && maxAttempts === 3),
  ).toBe(true);
  for (let i = 0; i < renders; i += 1) await executor.finish(job.id);
  expect((await executor.finish(job.id, SOME_RESULT)).stage).toBe(1);
  expect((await site.client.ended(job.id)).state).toBe('done');
  await executor.close();
});

/** As many jobs as wanted, of one task each. */
async function submitMany(client: TestClient, count: number): Promise<void> {
  const { id } = await client.image(pngPicture());
  const request = {
    images: Array(count).fill(id),
    pipeline: [{ op: 'invert' }],
    output: { format: 'png' },
    reuse: false,
  };
  expect((await client.post('/api/v1/jobs', request)).status).toBe(202);
}

test('a small job of one visitor does not wait behind the many of another', async () => {
  const site = await start();
  await submitMany(site.client, 60);
  await until(async () => (await site.broker.depth('tasks')) === 6);
  const other = new TestClient(site.url);
  const job = await other.job((await other.image(pngPicture())).id, { reuse: false });
  const executor = new ScriptedExecutor(site.broker, 1);
  const order: string[] = [];
  while (!order.includes(job.id)) {
    await until(() => executor.messages.length > 0);
    const [message] = executor.messages;
    order.push(message?.job ?? '');
    await executor.finish(message?.job ?? '', SOME_RESULT);
  }
  // What was in flight before, and what took the place of the first that ended.
  expect(order.length).toBeLessThanOrEqual(8);
  await executor.close();
});

test('more executors mean more tasks in flight', async () => {
  const site = await start();
  await submitMany(site.client, 60);
  await until(async () => (await site.broker.depth('tasks')) === 6);
  site.broker.broadcast('presence', presence(10));
  await until(async () => (await site.broker.depth('tasks')) === 30);
});

test('tasks that could not be published are published later', async () => {
  let failures = 3;
  const site = await start({
    wrapBroker: (broker): Broker =>
      overriding(broker, {
        publish: async (queue, body, options) => {
          if (queue === 'tasks' && failures-- > 0) throw new AppError('BROKER_UNAVAILABLE');
          await broker.publish(queue, body, options);
        },
      }),
  });
  const job = await submit(site, 8, 8);
  const executor = new ScriptedExecutor(site.broker);
  await executor.finish(job.id, SOME_RESULT);
  expect((await site.client.ended(job.id)).state).toBe('done');
  expect(failures).toBeLessThan(0);
  await executor.close();
});

test('a broker that comes back empty is given everything again', async () => {
  let connected: ((event: { epoch: number; fresh: boolean }) => void) | undefined;
  const site = await start({
    wrapBroker: (broker): Broker =>
      overriding(broker, {
        onConnect: (listener) => {
          connected = listener;
          return broker.onConnect(listener);
        },
      }),
  });
  const job = await submit(site, 8, 8);
  const lost = new ScriptedExecutor(site.broker);
  const { delivery } = await lost.next(job.id);
  delivery.ack();
  await lost.close();
  connected?.({ epoch: 2, fresh: true });
  const executor = new ScriptedExecutor(site.broker);
  await executor.finish(job.id, SOME_RESULT);
  expect((await site.client.ended(job.id)).state).toBe('done');
  await executor.close();
});
