import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  webhookEventSchema,
  type BatchEndFacts,
  type DeliveryDto,
  type ErrorBody,
  type JobDto,
  type WebhookEvent,
} from '@tessera/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FileServer } from '../testing/file-server.ts';
import { overriding } from '../testing/overriding.ts';
import { pngPicture } from '../testing/pictures.ts';
import { TestClient } from '../testing/test-client.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite, until, type SiteOptions } from '../testing/test-site.ts';

interface Told {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly event: WebhookEvent;
}
interface Created {
  readonly jobs: readonly JobDto[];
  readonly batch?: string;
  readonly webhook?: { readonly secret: string };
}

let parts: TestParts;
let site: TestSite;
let second: TestSite;
let receiver: FileServer;
let options: SiteOptions;
let told: Told[] = [];
/** Statuses of the next answers; afterwards all is well. */
let answers: number[] = [];

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  const event = webhookEventSchema.parse(JSON.parse(body));
  told.push({ path: request.url ?? '', headers: request.headers, body, event });
  const status = answers.shift() ?? 204;
  response
    .writeHead(status, status === 302 ? { location: '/elsewhere' } : {})
    .end(status === 204 ? '' : 'x'.repeat(1e6));
}

beforeAll(async () => {
  parts = await startTestParts();
  receiver = await FileServer.start((request, response) => void receive(request, response));
  options = {
    slots: 1,
    environment: { WEBHOOK_PORTS: `80,443,${receiver.port}` },
    urls: {
      resolve: (host) =>
        host === 'receiver.example' ? Promise.resolve(['127.0.0.1']) : Promise.reject(new Error('ENOTFOUND')),
      isAllowed: (address) => address === '127.0.0.1',
    },
  };
  site = await TestSite.start(parts, options);
  // Another master on the same database.
  second = await TestSite.start(parts, options);
});
beforeEach(() => {
  told = [];
  answers = [];
});
afterAll(async () => {
  await site.close();
  await second.close();
  await receiver.close();
  await parts.close();
});

const at = (path: string): string => `http://receiver.example:${receiver.port}${path}`;

async function submit(webhook: object, images = 1, client = site.client, request: object = {}) {
  const ids = await Promise.all(
    Array.from({ length: images }, (_, index) => client.image(pngPicture(16 + index, 16)).then(({ id }) => id)),
  );
  return client.post<Created & ErrorBody>('/api/v1/jobs', {
    images: ids,
    pipeline: [{ op: 'invert' }],
    output: { format: 'png' },
    reuse: false,
    webhook,
    ...request,
  });
}

const deliveries = async (job: string, client = site.client): Promise<readonly DeliveryDto[]> =>
  (await client.json<{ deliveries: DeliveryDto[] }>(`/api/v1/jobs/${job}/deliveries`)).body.deliveries;

function expectSigned({ headers, body }: Told, secret: string): void {
  const [, time, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['tessera-signature'])) ?? [];
  expect(signature).toBe(
    createHmac('sha256', secret)
      .update(`${time ?? ''}.${body}`)
      .digest('hex'),
  );
  expect(Math.abs(Date.now() / 1000 - Number(time))).toBeLessThan(60);
}

test('a webhook is told how a job ended, signed with the secret that the answer told', async () => {
  const { status, body } = await submit({ url: at('/hook?token=mine') });
  expect(status).toBe(202);
  const [job] = body.jobs;
  await until(() => told.length > 0);
  const [first] = told;
  expect(body.webhook?.secret).toMatch(/^[\w-]{43}$/);
  expectSigned(first!, body.webhook?.secret ?? '');
  expect([first?.path, first?.headers['content-type'], first?.headers['tessera-delivery']]).toEqual([
    '/hook?token=mine',
    'application/json',
    first?.event.id,
  ]);
  const ended = await site.client.ended(job!.id);
  const { format: _format, ...result } = ended.result!;
  expect(first?.event).toEqual({
    id: first?.event.id,
    type: 'job.ended',
    at: expect.any(String) as string,
    job: {
      id: job!.id,
      batch: null,
      url: `/api/v1/jobs/${job!.id}`,
      state: 'done',
      result: { ...result, contentType: 'image/png' },
    },
  });
  await until(async () => (await deliveries(job!.id))[0]?.state === 'delivered');
  expect(await deliveries(job!.id)).toMatchObject([{ id: first?.event.id, attempts: 1, status: 204, nextAt: null }]);
  const lines = [...site.log, ...second.log].join('\n');
  for (const secret of ['receiver.example', 'token=mine', body.webhook?.secret ?? ''])
    expect(lines).not.toContain(secret);
});

test('the caller may choose the secret, and what is reused is told too', async () => {
  const secret = 'chosen by the caller';
  await submit({ url: at('/chosen'), secret });
  const { body } = await submit({ url: at('/chosen'), secret }, 1, site.client, { reuse: true });
  expect([body.webhook, body.jobs[0]?.result?.reused]).toEqual([undefined, true]);
  await until(() => told.length === 2);
  for (const one of told) expectSigned(one, secret);
});

test('what a receiver does not take is sent again, redirects are not followed, and a replay has the same id', async () => {
  answers = [500, 302];
  const { body } = await submit({ url: at('/hook') });
  const job = body.jobs[0]!.id;
  await until(() => told.length === 2);
  expect((await deliveries(job))[0]).toMatchObject({ state: 'waiting' });
  await until(async () => (await deliveries(job))[0]?.state === 'delivered', 15_000);
  expect(told.map(({ path }) => path)).toEqual(['/hook', '/hook', '/hook']);
  expect(new Set(told.map((one) => one.body)).size).toBe(1);
  for (const one of told) expectSigned(one, body.webhook?.secret ?? '');
  const [delivery] = await deliveries(job);
  expect(delivery).toMatchObject({ attempts: 3, status: 204 });

  const path = `/api/v1/deliveries/${delivery!.id}/replay`;
  const stranger = new TestClient(site.url);
  expect((await stranger.post(path, {})).status).toBe(404);
  expect((await stranger.json(`/api/v1/jobs/${job}/deliveries`)).status).toBe(404);
  expect((await site.client.post('/api/v1/deliveries/unknown/replay', {})).status).toBe(404);
  const replayed = await site.client.post<DeliveryDto>(path, {});
  expect([replayed.status, replayed.body]).toMatchObject([202, { id: delivery!.id, attempts: 0, state: 'waiting' }]);
  await until(() => told.length === 4);
  expect(told[3]?.body).toBe(told[0]?.body);
  expectSigned(told[3]!, body.webhook?.secret ?? '');
});

test('a batch is told once, by one of two masters, besides each of its jobs', async () => {
  const { body } = await submit({ url: at('/batch') }, 4);
  await until(() => told.some(({ event }) => event.type === 'batch.ended'));
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const ended = told.flatMap(({ event }) => (event.type === 'job.ended' ? [event.job.id] : []));
  expect(ended.sort()).toEqual(body.jobs.map(({ id }) => id).sort());
  const counts: BatchEndFacts = { done: 4, failed: 0, cancelled: 0 };
  const batches = told.flatMap(({ event }) => (event.type === 'batch.ended' ? [event.batch] : []));
  expect(batches).toEqual([{ id: body.batch, url: `/api/v1/batches/${body.batch ?? ''}`, ...counts }]);
  expect((await deliveries(body.jobs[0]!.id)).map(({ type }) => type)).toEqual(['job.ended', 'batch.ended']);
  // Whoever joins the batch with the same address is told the same secret.
  const joined = await submit({ url: at('/batch') }, 1, site.client, { batch: body.batch });
  expect(joined.body.webhook).toEqual(body.webhook);
});

test('what a master has sent and not noted before it was killed is sent by another', async () => {
  const apart = await startTestParts();
  const killed = await TestSite.start(apart, {
    ...options,
    wrapStore: (store) =>
      overriding(store, {
        claimDelivery: ({ except }) => store.claimDelivery({ leaseSeconds: 1, except }),
        settleDelivery: () => Promise.reject(new Error('killed')),
      }),
  });
  const { body } = await submit({ url: at('/killed') }, 1, killed.client);
  // What else is told is of tests before.
  const bodies = (): readonly string[] => told.flatMap((one) => (one.path === '/killed' ? [one.body] : []));
  await until(() => bodies().length > 0);
  await killed.close();
  const living = await TestSite.start(apart, options);
  living.client.cookie = killed.client.cookie;
  const job = body.jobs[0]!.id;
  await until(async () => (await deliveries(job, living.client))[0]?.state === 'delivered');
  expect(bodies().length).toBeGreaterThan(1);
  expect(new Set(bodies()).size).toBe(1);
  await living.close();
  await apart.close();
});

test.each([
  ['private', 'http://10.0.0.1/', 422, 'URL_REFUSED'],
  ['metadata', 'http://169.254.169.254/latest', 422, 'URL_REFUSED'],
  ['nearby', 'http://postgres/', 422, 'URL_REFUSED'],
  ['with a password', 'http://me:secret@receiver.example/', 422, 'URL_REFUSED'],
  ['at another port', 'http://receiver.example:22/', 422, 'URL_REFUSED'],
  ['unknown', 'http://unknown.example/', 422, 'URL_UNREACHABLE'],
  ['of another kind', 'ftp://receiver.example/', 400, 'BAD_REQUEST'],
  ['too long', `http://receiver.example/${'a'.repeat(2048)}`, 400, 'BAD_REQUEST'],
])('an address that is %s is refused with the job', async (_what, url, status, code) => {
  const client = new TestClient(site.url);
  const answer = await submit({ url }, 1, client);
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  expect((await client.json<{ jobs: unknown[] }>('/api/v1/jobs')).body.jobs).toEqual([]);
});

test('a receiver in the local network is told only where the operator allows it', async () => {
  const url = `http://127.0.0.1:${receiver.port}/nearby`;
  const ports = { WEBHOOK_PORTS: String(receiver.port), FETCH_URLS: 'false' };
  const closed = await TestSite.start(parts, { environment: ports });
  const refused = await submit({ url }, 1, closed.client);
  expect([refused.status, refused.body.error.code]).toEqual([422, 'URL_REFUSED']);
  await closed.close();
  const open = await TestSite.start(parts, {
    slots: 1,
    environment: { ...ports, WEBHOOK_RECEIVERS: '10.0.0.0/8, 127.0.0.1' },
  });
  expect((await submit({ url }, 1, open.client)).status).toBe(202);
  await until(() => told.some(({ path }) => path === '/nearby'));
  await open.close();
});

test('a site without webhooks says so', async () => {
  const other = await TestSite.start(parts, { environment: { WEBHOOKS: 'false' } });
  const { status, body } = await submit({ url: at('/') }, 1, other.client);
  expect([status, body.error.code]).toEqual([422, 'URL_REFUSED']);
  await other.close();
});
