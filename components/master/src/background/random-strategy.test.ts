import type { JobDto } from '@tessera/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { EventListener } from '../testing/event-listener.ts';
import { InboxExecutor } from '../testing/inbox-executor.ts';
import { pngPicture } from '../testing/pictures.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite, until } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;
let image: string;
const executors: InboxExecutor[] = [];

beforeAll(async () => {
  parts = await startTestParts();
});
afterAll(() => parts.close());

beforeEach(async () => {
  site = await TestSite.start(parts, { environment: { EXECUTOR_GONE_SECONDS: '1' } });
  image = (await site.client.image(pngPicture())).id;
});
afterEach(async () => {
  for (const executor of executors.splice(0)) await executor.die();
  const { jobs } = (await site.client.json<{ jobs: JobDto[] }>('/api/v1/jobs?limit=100')).body;
  for (const job of jobs) await site.store.cancelJob(job.id);
  await site.close();
});

async function open(name: string): Promise<InboxExecutor> {
  const executor = await InboxExecutor.open(site.broker, name);
  executors.push(executor);
  return executor;
}

const random = { strategy: 'random', reuse: false } as const;
const submit = (): Promise<JobDto> => site.client.job(image, random);
const read = async (job: JobDto): Promise<JobDto> => (await site.client.json<JobDto>(`/api/v1/jobs/${job.id}`)).body;
const attempts = async (job: JobDto): Promise<readonly number[]> =>
  (await site.store.getTasks(job.id)).map((task) => task.attempts);
const taken = (): number => executors.reduce((sum, executor) => sum + executor.taken.length, 0);

test('tasks of a random job go to executors drawn for each, and not to the common queue', async () => {
  const all = [await open('a'), await open('b'), await open('c')];
  const count = 60;
  const request = { images: Array(count).fill(image), pipeline: [{ op: 'invert' }], output: { format: 'png' } };
  const { body } = await site.client.post<{ jobs: JobDto[] }>('/api/v1/jobs', { ...request, ...random });
  expect(body.jobs[0]?.strategy).toBe('random');
  const done = new Map(all.map(({ name }) => [name, 0]));
  let sum = 0;
  while (sum < count) {
    await until(() => taken() > 0);
    expect(await site.broker.depth('tasks')).toBe(0);
    for (const executor of all) {
      const finished = await executor.finishAll();
      done.set(executor.name, (done.get(executor.name) ?? 0) + finished);
      sum += finished;
    }
  }
  for (const job of body.jobs) expect((await site.client.ended(job.id)).state).toBe('done');
  // Of 60 fair draws one of three gets fewer than 8 once in 10 000 times.
  for (const share of done.values()) expect(share).toBeGreaterThanOrEqual(8);
});

test('without an executor the task waits in the outbox, and the job says so', async () => {
  const job = await submit();
  await until(async () => (await read(job)).waitsFor === 'executor');
  expect((await site.store.getTasks(job.id)).map(({ state }) => state)).toEqual(['ready']);
  expect(await site.broker.depth('tasks')).toBe(0);
  const executor = await open('late');
  await until(() => executor.taken.length === 1);
  expect((await read(job)).waitsFor).toBeUndefined();
  await executor.finishAll();
  expect((await site.client.ended(job.id)).state).toBe('done');
});

test('nothing is sent to the unwilling; the job says so, and goes on when one changes its mind', async () => {
  const [one, other] = [await open('one'), await open('other')];
  for (const executor of [one, other]) {
    executor.state = { willing: false, unwillingFor: 'load' };
    executor.beat();
  }
  // Heartbeats go their own way.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const job = await submit();
  await until(async () => (await read(job)).waitsFor === 'willing-executor');
  expect(taken()).toBe(0);
  other.state = {};
  await until(() => other.taken.length === 1);
  await until(async () => (await read(job)).waitsFor === undefined);
  await other.finishAll();
  expect((await site.client.ended(job.id)).state).toBe('done');
  expect(one.taken).toEqual([]);
});

test('what is turned away goes to another, and costs no attempt', async () => {
  const [one, other] = [await open('one'), await open('other')];
  for (let n = 0; n < 6; n += 1) {
    const job = await submit();
    await until(() => taken() === 1);
    const [refusing, next] = one.taken.length > 0 ? [one, other] : [other, one];
    const { message } = refusing.taken[0]!;
    await refusing.end(message, { type: 'returned', code: 'EXECUTOR_UNWILLING', delayMilliseconds: 0 });
    await until(() => next.taken.length === 1);
    expect(await attempts(job)).toEqual([0]);
    await next.finishAll();
    expect((await site.client.ended(job.id)).state).toBe('done');
  }
});

test('what waited in the inbox of an executor that died is drawn for anew; what it ran has used up an attempt', async () => {
  const [one, other] = [await open('one'), await open('other')];
  // Room for all of them in flight, also when the other is alone.
  other.state = { slots: 50 };
  other.beat();
  const jobs = [];
  while (one.taken.length < 2) {
    jobs.push(await submit());
    await until(() => taken() === jobs.length);
  }
  const [begun, waiting] = one.taken.map(({ message }) => message);
  await one.end(begun!, { type: 'started' });
  await until(async () => (await site.store.getJob(begun!.job))?.state === 'running');
  await one.die();
  const died = performance.now();
  await until(() => other.taken.length === jobs.length, 20_000);
  expect(performance.now() - died).toBeLessThan(15_000);
  const again = new Map(other.taken.map(({ message }) => [message.task, message.attempts]));
  expect([again.get(begun!.task), again.get(waiting!.task)]).toEqual([1, 0]);
  await other.finishAll();
  for (const job of jobs) expect((await site.client.ended(job.id)).state).toBe('done');
}, 40_000);

test('an inbox that is gone though its executor still beats is passed over at once', async () => {
  const [one, other] = [await open('one'), await open('other')];
  const address = one.address;
  await until(() => site.log.filter((line) => line.includes('executor:appeared')).length === 2);
  await one.loseInbox();
  one.state = { inbox: address };
  const begun = performance.now();
  const jobs = [await submit(), await submit(), await submit(), await submit()];
  await until(() => other.taken.length === jobs.length);
  expect(performance.now() - begun).toBeLessThan(8000);
  await other.finishAll();
  for (const job of jobs) expect((await site.client.ended(job.id)).state).toBe('done');
});

test('one that lost its connection gets anew what was in its inbox before', async () => {
  const one = await open('one');
  const job = await submit();
  await until(() => one.taken.length === 1);
  await one.die();
  const again = await open('one');
  await until(() => again.taken.length === 1, 15_000);
  expect(again.taken[0]?.message.attempts).toBe(0);
  await again.finishAll();
  expect((await site.client.ended(job.id)).state).toBe('done');
}, 30_000);

test('watchers are told when a job begins to wait for executors, and when it no longer does', async () => {
  const job = await submit();
  const cookie = site.client.cookie ?? '';
  const listener = await EventListener.open(`${site.url}/api/v1/events?job=${job.id}`, { cookie });
  await listener.waitFor(({ data }) => data.waitsFor === 'executor');
  const seen = listener.lastId;
  const executor = await open('late');
  await until(() => listener.events.at(-1)?.data.waitsFor === undefined);
  executor.state = { willing: false };
  await listener.waitFor(({ data }) => data.waitsFor === 'willing-executor');
  expect(listener.lastId).toBe(seen);
  listener.close();
});
