import type { JobDto, TaskChange } from '@tessera/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { EventListener } from '../testing/event-listener.ts';
import { pngPicture } from '../testing/pictures.ts';
import { ScriptedExecutor, SOME_RESULT } from '../testing/scripted-executor.ts';
import { TestClient } from '../testing/test-client.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite, until } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;
let executor: ScriptedExecutor;
const open: EventListener[] = [];

beforeAll(async () => {
  parts = await startTestParts();
});
afterAll(() => parts.close());

beforeEach(async () => {
  site = await TestSite.start(parts);
  executor = new ScriptedExecutor(site.broker);
});
afterEach(async () => {
  for (const listener of open.splice(0)) listener.close();
  await executor.close();
  await site.close();
});

async function listen(query = '', headers: Record<string, string> = {}, client = site.client): Promise<EventListener> {
  const cookie: Record<string, string> = client.cookie === undefined ? {} : { cookie: client.cookie };
  const listener = await EventListener.open(`${site.url}/api/v1/events${query}`, { ...headers, ...cookie });
  open.push(listener);
  return listener;
}

/** A job of four bands and an assemble task. */
async function splitJob(client = site.client): Promise<JobDto> {
  const image = await client.image(pngPicture(600, 256));
  return client.job(image.id, { split: 'always', reuse: false });
}

const states = (listener: EventListener, job: string) =>
  listener.events.filter(({ event, data }) => event === 'job' && data.id === job).map(({ data }) => data.state);

test('a stream of a job begins with its state and tells every task and the end', async () => {
  const job = await splitJob();
  const listener = await listen(`?job=${job.id}`);
  expect(
    Object.fromEntries(
      ['content-type', 'x-accel-buffering', 'cache-control'].map((name) => [name, listener.response.headers.get(name)]),
    ),
  ).toEqual({
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
    'cache-control': 'no-store, no-transform',
  });
  await listener.waitFor(({ event, data }) => event === 'job' && data.state === 'queued');
  for (let task = 0; task < job.progress.total - 1; task += 1) await executor.finish(job.id);
  await executor.finish(job.id, SOME_RESULT);
  const { data } = await listener.waitFor((event) => event.event === 'job' && event.data.state === 'done');
  expect((data as unknown as JobDto).progress).toMatchObject({ done: job.progress.total, total: job.progress.total });
  const tasks = listener.events
    .filter(({ event }) => event === 'task')
    .map((event) => event.data as unknown as TaskChange);
  const done = tasks.filter(({ state }) => state === 'done');
  expect(new Set(done.map(({ stage, index }) => `${stage}/${index}`)).size).toBe(job.progress.total);
  expect(tasks.every((task) => task.job === job.id && task.executor === 'scripted')).toBe(true);
  expect(done.find(({ kind }) => kind === 'render')?.region).toMatchObject({ x: 0, width: 600 });
});

test('a stream that comes back is told what it missed, once and in order', async () => {
  const job = await splitJob();
  const before = await listen(`?job=${job.id}`);
  await executor.finish(job.id);
  await before.waitFor(({ event, data }) => event === 'task' && data.state === 'done');
  before.close();
  await executor.finish(job.id);
  await executor.finish(job.id);
  await until(async () => (await site.client.json<JobDto>(`/api/v1/jobs/${job.id}`)).body.progress.done === 3);

  const after = await listen(`?job=${job.id}`, { 'last-event-id': before.lastId ?? '' });
  await after.waitFor(({ event, data }) => event === 'job' && (data as unknown as JobDto).progress.done === 3);
  const done = (listener: EventListener) =>
    listener.events
      .filter(({ event, data }) => event === 'task' && data.state === 'done')
      .map(({ data }) => data.index);
  expect([...done(before), ...done(after)]).toHaveLength(3);
  expect(new Set([...done(before), ...done(after)]).size).toBe(3);
  const ids = after.events.map(({ id }) => Number(id));
  expect(ids).toEqual([...ids].sort((a, b) => a - b));
  expect(Math.min(...ids)).toBeGreaterThanOrEqual(Number(before.lastId));
});

test('a stream that comes back up to date is told nothing twice', async () => {
  const job = await splitJob();
  await executor.finish(job.id);
  const before = await listen(`?job=${job.id}`);
  await before.waitFor(({ event }) => event === 'job');
  const after = await listen(`?job=${job.id}`, { 'last-event-id': before.lastId ?? '' });
  await until(() => after.lastId === before.lastId);
  expect(after.events).toEqual([]);
});

test('ids of another time, or none that are any, begin with the present state', async () => {
  const job = await splitJob();
  for (const id of ['999999999', '-5', 'x', '1'.repeat(40)]) {
    const listener = await listen(`?job=${job.id}`, { 'last-event-id': id });
    await listener.waitFor(({ event, data }) => event === 'job' && data.id === job.id);
  }
});

test('a visitor’s stream tells of all own jobs, old and new, and of no others', async () => {
  const ann = new TestClient(site.url);
  const ben = new TestClient(site.url);
  const old = await splitJob(ann);
  const others = await splitJob(ben);
  const listener = await listen('', {}, ann);
  await until(() => listener.lastId !== undefined);
  const young = await splitJob(ann);
  await executor.finish(others.id);
  await executor.finish(old.id);
  await executor.finish(young.id);
  await until(() => states(listener, old.id).includes('running') && states(listener, young.id).includes('running'));
  // The state is read when the change is told, so a quick start may overtake the news of the job.
  expect(states(listener, young.id)[0]).toMatch(/^(queued|running)$/);
  expect(listener.events.some(({ data }) => data.id === others.id || data.job === others.id)).toBe(false);

  listener.close();
  await executor.finish(old.id);
  const again = await listen('', { 'last-event-id': listener.lastId ?? '' }, ann);
  await again.waitFor(
    ({ event, data }) => event === 'job' && data.id === old.id && (data as unknown as JobDto).progress.done === 2,
  );
});

test('several jobs can be named; an unknown one is refused', async () => {
  const [one, two] = [await splitJob(), await splitJob()];
  const listener = await listen(`?job=${one.id}&job=${two.id}`);
  await until(() => states(listener, one.id).length > 0 && states(listener, two.id).length > 0);
  const refused = await listen(`?job=${one.id}&job=unknown`);
  expect(refused.response.status).toBe(404);
  expect((await listen(`?job=${'x'.repeat(100)}`)).response.status).toBe(400);
});

test('one stream tells of the visitor’s own jobs and of named jobs and batches of others', async () => {
  const ann = new TestClient(site.url);
  const ben = new TestClient(site.url);
  const image = await ben.image(pngPicture(600, 256));
  const body = { images: [image.id, image.id], pipeline: [], output: { format: 'png' }, split: 'always', reuse: false };
  const { batch, jobs } = (
    await ben.json<{ batch: string; jobs: JobDto[] }>('/api/v1/jobs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  ).body;
  const [named, unnamed, own] = [await splitJob(ben), await splitJob(ben), await splitJob(ann)];
  const listener = await listen(`?own=true&job=${named.id}&job=gone&batch=${batch}&batch=gone`, {}, ann);
  const told = [named.id, own.id, ...jobs.map(({ id }) => id)];
  await until(() => [named.id, ...jobs.map(({ id }) => id)].every((id) => states(listener, id).includes('queued')));
  for (const id of [unnamed.id, ...told]) await executor.finish(id);
  await until(() => told.every((id) => states(listener, id).includes('running')));
  expect(states(listener, unnamed.id)).toEqual([]);
  // A stream that is opened anew to name more jobs says by its address what was seen.
  listener.close();
  await executor.finish(own.id);
  await executor.finish(named.id);
  const again = await listen(`?own=true&job=${named.id}&after=${listener.lastId ?? ''}`, {}, ann);
  await until(() =>
    [own.id, named.id].every((id) => again.events.some(({ event, data }) => event === 'task' && data.job === id)),
  );
  expect((await listen(`?batch=gone`)).response.status).toBe(404);
  expect((await listen(`?own=perhaps`)).response.status).toBe(400);
});

test('cancelling is told at once', async () => {
  const job = await splitJob();
  const listener = await listen(`?job=${job.id}`);
  await listener.waitFor(({ event }) => event === 'job');
  expect((await site.client.fetch(`/api/v1/jobs/${job.id}`, { method: 'DELETE' })).status).toBe(204);
  await listener.waitFor(({ event, data }) => event === 'job' && data.state === 'cancelled');
});

test('streams end when the master stops, and clients come back by themselves', async () => {
  const job = await splitJob();
  const listener = await listen(`?job=${job.id}`);
  await listener.waitFor(({ event }) => event === 'job');
  await executor.close();
  await site.close();
  await until(() => listener.ended);
});
