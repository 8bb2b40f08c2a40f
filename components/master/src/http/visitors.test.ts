import type { JobDto } from '@tessera/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pngPicture } from '../testing/pictures.ts';
import { TestClient } from '../testing/test-client.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { ADMIN_TOKEN, TestSite } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;

beforeAll(async () => {
  parts = await startTestParts();
  site = await TestSite.start(parts, { environment: { TRUST_PROXY: '1' } });
});

afterAll(async () => {
  await site.close();
  await parts.close();
});

const visit = () => new TestClient(site.url);
const jobsOf = async (client: TestClient) =>
  (await client.json<{ jobs: JobDto[] }>('/api/v1/jobs')).body.jobs.map(({ id }) => id);

test('a visitor is told by a signed cookie that scripts can not read, and sees only the own jobs', async () => {
  const [ann, ben] = [visit(), visit()];
  const response = await ann.fetch('/api/v1/jobs');
  expect(response.headers.getSetCookie()[0]).toMatch(
    /^tessera=[A-Za-z0-9_-]{22}\.[^;]+; Max-Age=\d+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
  );
  const job = await ann.job((await ann.image(pngPicture())).id);
  expect(await jobsOf(ann)).toEqual([job.id]);
  expect(await jobsOf(ben)).toEqual([]);
  // Whoever knows the id may look: it is the capability.
  expect((await ben.json(`/api/v1/jobs/${job.id}`)).status).toBe(200);
});

test('over TLS the cookie is bound to the host', async () => {
  const response = await fetch(`${site.url}/api/v1/jobs`, { headers: { 'x-forwarded-proto': 'https' } });
  expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-tessera=.*; Path=\/; .*Secure/);
});

test('a forged or changed cookie is a new visitor', async () => {
  const ann = visit();
  await ann.job((await ann.image(pngPicture())).id);
  const real = ann.cookie ?? '';
  for (const cookie of [real.slice(0, -2), real.replace(/\.[^.]*$/, ''), 'tessera=j:{"a":1}', 'tessera=', `${real}x`]) {
    const other = visit();
    other.cookie = cookie;
    expect(await jobsOf(other)).toEqual([]);
    expect(other.cookie).not.toBe(cookie);
  }
});

test('secrets change without a visitor losing the own jobs', async () => {
  const [older, newer] = ['the secret that everybody had until now', 'the secret that comes in its place today'];
  const under = (...secrets: readonly string[]) =>
    TestSite.start(parts, { environment: { COOKIE_SECRET: secrets.join('\n') } });
  const before = await under(older);
  const ann = before.client;
  const job = await ann.job((await ann.image(pngPicture())).id);
  const first = ann.cookie;
  await before.close();
  const between = await under(newer, '', older);
  const during = new TestClient(between.url);
  during.cookie = first;
  expect(await jobsOf(during)).toEqual([job.id]);
  const second = during.cookie;
  expect(second).not.toBe(first);
  expect(await jobsOf(during)).toEqual([job.id]);
  expect(during.cookie).toBe(second);
  await between.close();
  const after = await under(newer);
  const late = new TestClient(after.url);
  late.cookie = second;
  expect(await jobsOf(late)).toEqual([job.id]);
  late.cookie = first;
  expect(await jobsOf(late)).toEqual([]);
  await after.close();
});

test('wrong, malformed and unknown ids are the same to whoever asks', async () => {
  const bodies = new Set<string>();
  for (const path of [
    'jobs/x',
    `jobs/${'A'.repeat(22)}`,
    `jobs/${'A'.repeat(500)}/tasks`,
    'images/..%2f..%2fetc',
    'images/x/file',
    'batches/x',
    'jobs/x/result',
  ]) {
    const { status, body } = await site.client.json(`/api/v1/${path}`);
    expect([path, status]).toEqual([path, 404]);
    bodies.add(`${body.error.code} ${body.error.message}`);
  }
  expect([...bodies]).toEqual(['NOT_FOUND There is nothing at this address.']);
});

test('calls from pages of other sites change nothing', async () => {
  const call = (headers: Record<string, string>) => site.client.json('/api/v1/jobs', { method: 'POST', headers });
  const refused = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'garbage' },
    { 'sec-fetch-site': 'cross-site', origin: site.url },
  ];
  for (const headers of refused) {
    const { status, body } = await call(headers);
    expect([headers, status, body.error.code]).toEqual([headers, 403, 'FORBIDDEN']);
  }
  for (const headers of [{ 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }, { origin: site.url }, {}]) {
    expect([headers, (await call(headers)).status]).toEqual([headers, 400]);
  }
  const read = await site.client.fetch('/api/v1/operations', {
    headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  });
  expect(read.status).toBe(200);
  expect(read.headers.get('access-control-allow-origin')).toBeNull();
});

test('only the operator sees the executors and the figures', async () => {
  const ask = (path: string, authorization?: string) =>
    fetch(site.url + path, authorization === undefined ? {} : { headers: { authorization } });
  for (const path of ['/api/v1/executors', '/metrics']) {
    for (const given of [undefined, 'Bearer', 'Bearer wrong', `Basic ${ADMIN_TOKEN}`, `Bearer ${ADMIN_TOKEN}x`]) {
      const response = await ask(path, given);
      expect([path, given, response.status, response.headers.get('www-authenticate')]).toEqual([
        path,
        given,
        401,
        'Bearer',
      ]);
    }
  }
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  expect(await (await fetch(`${site.url}/api/v1/executors`, { headers })).json()).toEqual({ executors: [] });
  const figures = await (await fetch(`${site.url}/metrics`, { headers })).text();
  expect(figures).toMatch(/^tessera_jobs\{state="queued"\} \d+$/m);
  expect(figures).toMatch(/^tessera_executor_slots 0$/m);
  expect(figures).not.toMatch(/(jobs|images)\/[A-Za-z0-9_-]{22}/);
});

test('figures can be opened to all, executors can not', async () => {
  const open = await TestSite.start(parts, { environment: { METRICS_OPEN: 'true', ADMIN_TOKEN: '' } });
  expect((await fetch(`${open.url}/metrics`)).status).toBe(200);
  expect((await fetch(`${open.url}/api/v1/executors`, { headers: { authorization: 'Bearer ' } })).status).toBe(401);
  await open.close();
});

test('headers of every answer', async () => {
  const { headers } = await fetch(`${site.url}/api/v1/operations`);
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'self';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' blob: data:;font-src 'self' data:;" +
      "connect-src 'self';object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none'",
  );
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-powered-by')).toBeNull();
});
