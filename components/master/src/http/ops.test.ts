import type {
  DeadGroupsDto,
  DeadJobsDto,
  DiscardDto,
  ErrorBody,
  OpsExecutorDetailDto,
  OpsExecutorsDto,
  OpsOverviewDto,
  OpsQueuesDto,
  OpsSeriesDto,
  OpsStorageDto,
  RedriveDto,
} from '@tessera/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { opsRoutes } from '../routes/ops.ts';
import { pngPicture } from '../testing/pictures.ts';
import { SOME_RESULT, ScriptedExecutor } from '../testing/scripted-executor.ts';
import type { JsonAnswer, TestClient } from '../testing/test-client.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { ADMIN_TOKEN, TestSite, until } from '../testing/test-site.ts';

const guarded = Object.entries(opsRoutes).filter(([, spec]) => spec.guards.length > 0);

let parts: TestParts;
let site: TestSite;
let executor: ScriptedExecutor;
beforeAll(async () => {
  parts = await startTestParts();
});
beforeEach(async () => {
  site = await TestSite.start(parts, { environment: { REDRIVE_UNDO_SECONDS: '0' } });
  executor = new ScriptedExecutor(site.broker);
});
afterEach(async () => {
  await executor.close();
  await site.close();
});
afterAll(() => parts.close());

/** A call with the operator's token. */
function ask<Body = ErrorBody>(path: string, method = 'GET', body?: unknown): Promise<JsonAnswer<Body>> {
  return site.client.json<Body>(`/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** A job whose only task runs out of memory for good. */
async function failJob(client: TestClient = site.client): Promise<string> {
  const image = await client.image(pngPicture(640, 427));
  const { id } = await client.job(image.id, { split: 'never', reuse: false });
  const { message, delivery } = await executor.next(id);
  await executor.report(message, { type: 'started' });
  await executor.report(message, { type: 'failed', code: 'DECODE_OOM', message: 'Too much.', retryable: false });
  delivery.ack();
  expect((await client.ended(id)).state).toBe('failed');
  return id;
}

const discardAll = () => ask('/ops/dead/discard', 'POST', { filter: {}, atMost: 1000 });

const wish = (options: Readonly<Record<string, unknown>> = {}) => ({
  key: `a key of ${String(Math.random())} and more`,
  filter: {},
  rate: 100,
  ...options,
});

async function redrive(id: string): Promise<RedriveDto> {
  return (await ask<{ redrive: RedriveDto }>(`/redrives/${id}`)).body.redrive;
}

describe('without the token', () => {
  it.each(guarded)('%s says nothing', async (_id, { method, path }) => {
    const address = path.replace(/:\w+/, 'some');
    for (const headers of [{}, { authorization: 'Bearer another-token-of-some-length' }]) {
      const answer = await site.client.json(address, { method: method.toUpperCase(), headers });
      expect([answer.status, answer.body.error.code]).toEqual([401, 'UNAUTHORIZED']);
    }
  });

  it('tells only whether there is one', async () => {
    expect((await site.client.json<unknown>('/api/v1/ops/access')).body).toEqual({ configured: true });
    expect(guarded).toHaveLength(Object.keys(opsRoutes).length - 1);
  });
});

describe('figures', () => {
  it('tell who works on what', async () => {
    const image = await site.client.image(pngPicture(640, 427), 'photo.png');
    const { id } = await site.client.job(image.id, { split: 'always', reuse: false });
    const { message, delivery } = await executor.next(id);
    await executor.report(message, { type: 'started' });
    const { task, job, stage, index } = message;
    site.broker.broadcast('presence', {
      ...{ v: 1, executor: 'scripted', host: 'here', pid: 1, kernel: '1', version: '9.8.7', slots: 2, draining: false },
      ...{ load: 0.5, memoryBytes: 1000, tasks: [{ task, job, stage, index, attempt: 1 }] },
    });
    const list = async () => (await ask<OpsExecutorsDto>('/ops/executors')).body.executors;
    await until(async () => (await list()).some(({ tasks }) => tasks.some(({ since }) => since !== null)));
    expect(await list()).toMatchObject([
      {
        executor: 'scripted',
        state: 'busy',
        version: '9.8.7',
        load: 0.5,
        tasks: [{ job: id, image: 'photo.png', kind: 'render', region: { x: 0, y: 0 }, attempt: 1 }],
      },
    ]);
    const { body: overview } = await ask<OpsOverviewDto>('/ops/overview');
    expect(overview).toMatchObject({
      executors: { alive: 1, busy: 1, draining: 0, unwilling: 0, slots: 2, busySlots: 1 },
      jobs: { running: 1 },
      broker: 'connected',
    });
    const { body: detail } = await ask<OpsExecutorDetailDto>('/ops/executors/scripted');
    expect(detail).toMatchObject({ executor: { executor: 'scripted' }, everySeconds: 5 });
    expect((await ask('/ops/executors/nobody')).status).toBe(404);
    await site.client.fetch(`/api/v1/jobs/${id}`, { method: 'DELETE' });
    delivery.ack();
  });

  it('tell of queues, the relay, storage and time', async () => {
    const { body: queues } = await ask<OpsQueuesDto>('/ops/queues');
    expect(queues.queues.map(({ queue, depth }) => [queue, depth])).toEqual([
      ['tasks', 0],
      ['events', 0],
      ['dead', 0],
    ]);
    expect(queues.relay).toMatchObject({ state: 'publishing', failedPublishes: 0 });
    expect(queues.relay.window).toBeGreaterThanOrEqual(6);
    await site.client.image(pngPicture(640, 427));
    const { body: storage } = await ask<OpsStorageDto>('/ops/storage');
    expect(storage.uploads.objects).toBeGreaterThan(0);
    expect(storage.incoming.sizeBytes).toBeGreaterThan(0);
    expect(storage.keep).toEqual({ resultsHours: 168, uploadsHours: 24, failedWorkHours: 24 });
    for (const span of ['hour', 'day']) {
      const { body: series } = await ask<OpsSeriesDto>(`/ops/series?span=${span}`);
      expect(series.samples.length).toBeGreaterThan(0);
      expect(series.samples[0]).toMatchObject({ events: 0, dead: 0 });
    }
    expect((await ask('/ops/series?span=year')).status).toBe(400);
  });

  it('count dead letters that belong to nothing', async () => {
    await site.broker.publish('dead', { no: 'task' }, { messageId: 'one' });
    await until(async () => (await ask<OpsQueuesDto>('/ops/queues')).body.unreadableDead === 1);
  });
});

describe('dead letters', () => {
  beforeEach(discardAll);

  it('are grouped by cause, with their jobs', async () => {
    const jobs = [await failJob(), await failJob()];
    const { body } = await ask<DeadGroupsDto>('/ops/dead');
    expect(body).toMatchObject({ keepHours: 24, groups: [{ code: 'DECODE_OOM', jobs: 2, redrivable: 2 }] });
    expect(body.groups[0]?.operations).toEqual(['invert']);
    const path = `/ops/dead/${body.groups[0]?.id ?? ''}`;
    const { body: page } = await ask<DeadJobsDto>(`${path}?limit=1`);
    expect(page.jobs).toMatchObject([{ job: jobs[1], message: 'Too much.', picture: { width: 640, height: 427 } }]);
    const { body: rest } = await ask<DeadJobsDto>(`${path}?limit=1&before=${page.next ?? ''}`);
    expect(rest).toMatchObject({ jobs: [{ job: jobs[0] }], next: null });
    expect((await ask('/ops/dead/nothing')).status).toBe(404);
  });

  it('are discarded in the number that was shown, or not at all', async () => {
    const [one] = [await failJob(), await failJob()];
    expect((await ask('/ops/dead/discard', 'POST', { filter: {}, atMost: 1 })).status).toBe(409);
    const { body } = await ask<unknown>('/ops/dead/discard', 'POST', {
      filter: { jobs: [one] },
      atMost: 1,
      actor: 'Mona',
    });
    expect(body).toEqual({ discarded: 1 });
    const { discards } = (await ask<{ discards: DiscardDto[] }>('/ops/discards?limit=1')).body;
    expect(discards).toMatchObject([{ actor: expect.stringMatching(/^Mona · /) as unknown, jobs: 1 }]);
    expect((await ask<unknown>('/redrives/count', 'POST', {})).body).toEqual({ matching: 1, redrivable: 1 });
    expect((await site.client.json<{ state: string }>(`/api/v1/jobs/${one}`)).body.state).toBe('failed');
  });

  it('come back, and the redrive tells how they ended', async () => {
    const job = await failJob();
    const begun = await ask<{ redrive: RedriveDto }>('/redrives', 'POST', wish({ actor: 'Mona' }));
    expect([begun.status, begun.body.redrive.total]).toEqual([202, 1]);
    expect(begun.body.redrive.actor).toMatch(/^Mona · [\w-]{10}$/);
    await executor.finish(job, SOME_RESULT);
    const { id } = begun.body.redrive;
    await until(async () => (await redrive(id)).state === 'done');
    expect(await redrive(id)).toMatchObject({ redriven: 1, succeeded: 1, failed: 0, skipped: 0 });
    expect((await site.client.ended(job)).state).toBe('done');
    const { body } = await ask<{ redrives: RedriveDto[] }>('/redrives?limit=1');
    expect(body.redrives).toMatchObject([{ id, state: 'done' }]);
  });

  it('come back once, however often the order is given', async () => {
    await failJob();
    const order = wish();
    const answers = await Promise.all([1, 2, 3].map(() => ask<{ redrive: RedriveDto }>('/redrives', 'POST', order)));
    expect(new Set(answers.map(({ status, body }) => `${String(status)} ${body.redrive.id}`)).size).toBe(1);
    expect((await ask('/redrives', 'POST', { ...order, filter: { limit: 1 } })).status).toBe(409);
  });

  it('stay where they are when the order is cancelled in time', async () => {
    // A broker waits for what a consumer has not given back.
    await executor.close();
    await site.close();
    site = await TestSite.start(parts, { environment: { REDRIVE_UNDO_SECONDS: '60' } });
    executor = new ScriptedExecutor(site.broker);
    const job = await failJob();
    const { body } = await ask<{ redrive: RedriveDto }>('/redrives', 'POST', wish());
    expect(body.redrive.state).toBe('waiting');
    const cancel = () =>
      site.client.fetch(`/api/v1/redrives/${body.redrive.id}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      });
    expect((await cancel()).status).toBe(204);
    expect((await cancel()).status).toBe(409);
    expect(await redrive(body.redrive.id)).toMatchObject({ state: 'cancelled', redriven: 0, skipped: 1 });
    expect((await site.client.ended(job)).state).toBe('failed');
    expect((await ask('/redrives/nobody')).status).toBe(404);
  });

  it('are not asked for in nonsense', async () => {
    for (const body of [wish({ rate: 0 }), wish({ rate: 1e6 }), wish({ key: 'short' }), wish({ filter: { all: 1 } })]) {
      expect((await ask('/redrives', 'POST', body)).status).toBe(400);
    }
    expect((await ask('/redrives', 'POST', wish({ filter: { group: 'unknown' } }))).status).toBe(409);
  });
});
