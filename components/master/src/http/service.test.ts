import { MESSAGE_VERSION, OPERATIONS, type OperationDto, type Presence } from '@tessera/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApiDocument } from '../openapi/document.ts';
import { overriding } from '../testing/overriding.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { ADMIN_TOKEN, TestSite, until } from '../testing/test-site.ts';

let parts: TestParts;
beforeAll(async () => {
  parts = await startTestParts();
});
afterAll(() => parts.close());

test('the catalogue tells every operation with what a form needs', async () => {
  const site = await TestSite.start(parts);
  const { body } = await site.client.json<{ operations: OperationDto[] }>('/api/v1/operations');
  expect(body.operations.map(({ op }) => op)).toEqual(OPERATIONS.map(({ op }) => op));
  expect(body.operations.find(({ op }) => op === 'gaussian-blur')).toMatchObject({
    kind: 'neighbourhood',
    category: 'filter',
    params: { type: 'object', properties: { ksize: { type: 'integer', minimum: 1, maximum: 61, default: 21 } } },
  });
  expect(body.operations.find(({ op }) => op === 'canny')?.kind).toBe('global');
  await site.close();
});

test('the document and its page are served', async () => {
  const site = await TestSite.start(parts);
  expect((await site.client.json<unknown>('/api/openapi.json')).body).toEqual(
    JSON.parse(JSON.stringify(openApiDocument())),
  );
  const page = await site.client.fetch('/api/docs');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(await page.text()).toContain('POST');
  await site.close();
});

test('executors are known by their heartbeats and forgotten without', async () => {
  const site = await TestSite.start(parts, { environment: { EXECUTOR_GONE_SECONDS: '1' } });
  const presence: Presence = {
    v: MESSAGE_VERSION,
    executor: 'one',
    host: 'here',
    pid: 7,
    kernel: '1',
    slots: 4,
    draining: false,
    load: 0.5,
    memoryBytes: 1000,
    tasks: [{ task: 't', job: 'j', stage: 0, index: 0, attempt: 1 }],
  };
  const list = async () => {
    const { body } = await site.client.json<{
      executors: { executor: string; slots: number; seenSecondsAgo: number }[];
    }>('/api/v1/executors', { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
    return body.executors;
  };
  site.broker.broadcast('presence', { ...presence, executor: 'two', draining: true });
  site.broker.broadcast('presence', presence);
  await until(async () => (await list()).length === 2);
  expect((await list()).map(({ executor }) => executor)).toEqual(['one', 'two']);
  expect((await list())[0]).toMatchObject({ slots: 4, load: 0.5, tasks: presence.tasks });
  expect((await list())[0]?.seenSecondsAgo).toBeLessThan(10);
  await until(async () => (await list()).length === 0);
  await site.close();
});

test('readiness asks every part and tells which does not answer', async () => {
  const site = await TestSite.start(parts, {
    wrapStore: (store) => overriding(store, { ping: () => new Promise<void>(() => undefined) }),
  });
  const { status, body } = await site.client.json<{
    ready: boolean;
    parts: Record<string, { ready: boolean; detail?: string }>;
  }>('/readyz');
  expect(status).toBe(503);
  expect(body).toEqual({
    ready: false,
    parts: {
      process: { ready: true },
      broker: { ready: true },
      database: { ready: false, detail: 'REQUEST_TIMEOUT' },
      objects: { ready: true },
    },
  });
  await site.close();
});

test('a site with all its parts is ready', async () => {
  const site = await TestSite.start(parts);
  expect((await site.client.fetch('/readyz')).status).toBe(200);
  expect((await site.client.json<unknown>('/healthz')).body).toEqual({ alive: true, draining: false });
  await site.close();
});

test('a site can be started again on what an earlier one left', async () => {
  const first = await TestSite.start(parts);
  await first.close();
  await first.close();
  const second = await TestSite.start(parts);
  expect((await second.client.fetch('/readyz')).status).toBe(200);
  await second.close();
});
