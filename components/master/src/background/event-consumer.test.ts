import { MESSAGE_VERSION, controlSchema, type Control, type JobDto } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { overriding } from '../testing/overriding.ts';
import { pngPicture } from '../testing/pictures.ts';
import { ScriptedExecutor, SOME_RESULT } from '../testing/scripted-executor.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite, until } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;
let executor: ScriptedExecutor;
let databaseIsAway = false;
const told: Control[] = [];

beforeAll(async () => {
  parts = await startTestParts();
});
afterAll(() => parts.close());

beforeEach(async () => {
  site = await TestSite.start(parts, {
    wrapStore: (store) =>
      overriding(store, {
        applyEvent: async (event, policy) => {
          if (databaseIsAway) throw new AppError('DATABASE_UNAVAILABLE');
          return store.applyEvent(event, policy);
        },
      }),
  });
  executor = new ScriptedExecutor(site.broker);
  told.length = 0;
  await site.broker.subscribe('control', (body) => void told.push(controlSchema.parse(body)));
});
afterEach(async () => {
  databaseIsAway = false;
  await executor.close();
  await site.close();
});

async function submit(width = 8, height = 8): Promise<JobDto> {
  const image = await site.client.image(pngPicture(width, height));
  return site.client.job(image.id, { split: 'always', reuse: false });
}

test('a job that is done is told to the executors, and its intermediate objects go', async () => {
  const job = await submit();
  await site.objects.put(`work/${job.id}/0/0`, Buffer.from('piece'));
  await site.objects.put(`work/${job.id}x/0/0`, Buffer.from('of another job'));
  await executor.finish(job.id, SOME_RESULT);
  await until(async () => (await site.keys('work/')).join() === `work/${job.id}x/0/0`);
  await until(() => told.length > 0);
  expect(told).toEqual([{ v: MESSAGE_VERSION, type: 'ended', job: job.id }]);
});

test('a retryable failure is tried again with the next attempt', async () => {
  const job = await submit();
  const { message, delivery } = await executor.next(job.id);
  await executor.report(message, { type: 'started' });
  await executor.report(message, { type: 'failed', code: 'DECODER_CRASHED', message: 'crashed', retryable: true });
  delivery.ack();
  expect((await executor.finish(job.id, SOME_RESULT)).attempts).toBe(1);
  const { body } = await site.client.json<{ tasks: { attempts: number }[] }>(`/api/v1/jobs/${job.id}/tasks`);
  await site.client.ended(job.id);
  expect(body.tasks[0]?.attempts).toBe(2);
});

test('a final failure fails the job with code and region; redriving it runs the failed task alone', async () => {
  const job = await submit(600, 256);
  const bands = job.stages[0]?.tasks ?? 0;
  for (let band = 1; band < bands; band += 1) await executor.finish(job.id);
  await site.objects.put(`work/${job.id}/0/0`, Buffer.from('a finished piece'));
  const { message, delivery } = await executor.next(job.id);
  await executor.report(message, { type: 'started' });
  await executor.report(message, {
    type: 'failed',
    code: 'CORRUPT_IMAGE',
    message: 'The file is damaged.',
    retryable: false,
  });
  delivery.ack();
  const failed = await site.client.ended(job.id);
  expect(failed.error).toMatchObject({ code: 'CORRUPT_IMAGE', message: 'The file is damaged.', attempts: 1 });
  expect(failed.error?.region).toMatchObject({ x: 0, width: 600 });
  expect(await site.keys(`work/${job.id}/`)).toHaveLength(1);

  const { status, body } = await site.client.post<JobDto>(`/api/v1/jobs/${job.id}/redrive`, {});
  expect([status, body.state, body.progress.done]).toEqual([202, 'running', bands - 1]);
  expect((await executor.finish(job.id)).index).toBe(message.index);
  await executor.finish(job.id, SOME_RESULT);
  expect((await site.client.ended(job.id)).state).toBe('done');
  expect((await site.client.post(`/api/v1/jobs/${job.id}/redrive`, {})).body.error.code).toBe('CONFLICT');
});

test('a cancelled job is told to the executors, ends once, and late results change nothing', async () => {
  const job = await submit();
  const { message, delivery } = await executor.next(job.id);
  await executor.report(message, { type: 'started' });
  const cancel = () => site.client.fetch(`/api/v1/jobs/${job.id}`, { method: 'DELETE' });
  expect((await cancel()).status).toBe(204);
  expect((await cancel()).status).toBe(409);
  await until(() => told.some(({ type, job: id }) => type === 'cancel' && id === job.id));
  await executor.report(message, { type: 'done', milliseconds: 1, result: SOME_RESULT });
  delivery.ack();
  await until(async () => (await site.broker.depth('events')) === 0);
  expect((await site.client.ended(job.id)).state).toBe('cancelled');
});

test('a task that the broker gave up fails its job', async () => {
  const job = await submit();
  const { message, delivery } = await executor.next(job.id);
  await executor.report(message, { type: 'started' });
  delivery.deadLetter();
  const failed = await site.client.ended(job.id);
  expect([failed.state, failed.error?.code]).toEqual(['failed', 'ATTEMPTS_EXHAUSTED']);
});

test('messages that can not be read do no harm', async () => {
  for (const [index, body] of [
    null,
    'text',
    { v: 99 },
    { v: MESSAGE_VERSION, type: 'done' },
    { v: 2, type: 'done', task: 'x' },
  ].entries()) {
    await site.broker.publish('events', body, { messageId: `bad-${index}` });
    await site.broker.publish('dead', body, { messageId: `worse-${index}` });
    site.broker.broadcast('presence', body);
  }
  await until(() => site.log.filter((line) => line.includes('dead:dropped')).length === 10);
  expect(site.log.filter((line) => line.includes('event:unreadable'))).toHaveLength(5);
  const job = await submit();
  await executor.finish(job.id, SOME_RESULT);
  expect((await site.client.ended(job.id)).state).toBe('done');
});

test('events wait for a database that is away', async () => {
  const job = await submit();
  databaseIsAway = true;
  await executor.finish(job.id, SOME_RESULT);
  await until(() => site.log.some((line) => line.includes('event:not-applied')));
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect((await site.client.json<JobDto>(`/api/v1/jobs/${job.id}`)).body.state).toBe('queued');
  databaseIsAway = false;
  expect((await site.client.ended(job.id)).state).toBe('done');
});

test('a master that stops gives back the events it could not apply', async () => {
  const job = await submit();
  databaseIsAway = true;
  await executor.finish(job.id, SOME_RESULT);
  await until(() => site.log.some((line) => line.includes('event:not-applied')));
  await site.close();
  expect(site.log.some((line) => line.includes('master:closed'))).toBe(true);
});

test('logs name jobs by what opens nothing', async () => {
  const job = await submit();
  await executor.finish(job.id, SOME_RESULT);
  await site.client.ended(job.id);
  await site.client.fetch(`/api/v1/jobs/${job.id}/nowhere?job=${job.id}`);
  await until(() => site.log.filter((line) => line.includes('job:ended')).length > 0);
  expect(site.log.join('')).not.toContain(job.id);
  expect(site.log.join('')).not.toContain(job.image.id);
});
