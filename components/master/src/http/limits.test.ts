import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uploadHead } from '../testing/multipart.ts';
import { overriding } from '../testing/overriding.ts';
import { pngPicture } from '../testing/pictures.ts';
import { codeOf, rawRequest, statusOf } from '../testing/raw-request.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestClient } from '../testing/test-client.ts';
import { TestSite, until, type SiteOptions } from '../testing/test-site.ts';

let parts: TestParts;
beforeAll(async () => {
  parts = await startTestParts();
});
afterAll(() => parts.close());

async function withSite(options: SiteOptions, body: (site: TestSite) => Promise<void>): Promise<void> {
  const site = await TestSite.start(parts, options);
  try {
    await body(site);
  } finally {
    await site.close();
  }
}

test('too many requests of one address are told to wait', () =>
  withSite({ environment: { RATE_LIMIT_REQUESTS_PER_MINUTE: '3' } }, async ({ client }) => {
    for (let i = 0; i < 3; i += 1) expect((await client.fetch('/api/v1/operations')).status).toBe(200);
    const { status, headers, body } = await client.json('/api/v1/operations');
    expect([status, body.error.code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await client.fetch('/healthz')).status).toBe(200);
  }));

test('a made-up X-Forwarded-For changes nothing unless a proxy is announced', () =>
  withSite({ environment: { RATE_LIMIT_REQUESTS_PER_MINUTE: '2' } }, async ({ client }) => {
    const statuses = [];
    for (let i = 0; i < 4; i += 1)
      statuses.push(
        (await client.fetch('/api/v1/operations', { headers: { 'x-forwarded-for': `10.0.0.${i}` } })).status,
      );
    expect(statuses).toEqual([200, 200, 429, 429]);
  }));

test('behind one proxy only the address that the proxy saw counts; neighbours in a /64 are one', () =>
  withSite({ environment: { RATE_LIMIT_REQUESTS_PER_MINUTE: '1', TRUST_PROXY: '1' } }, async ({ client }) => {
    const ask = async (address: string) =>
      (await client.fetch('/api/v1/operations', { headers: { 'x-forwarded-for': address } })).status;
    expect(await ask('1.1.1.1, 10.0.0.1')).toBe(200);
    expect(await ask('2.2.2.2, 10.0.0.1')).toBe(429);
    expect(await ask('10.0.0.2')).toBe(200);
    expect(await ask('2001:db8:1:2::1')).toBe(200);
    expect(await ask('2001:db8:1:2:ffff::2')).toBe(429);
    expect(await ask('2001:db8:1:3::1')).toBe(200);
  }));

test('uploads and jobs have a limit of their own', () =>
  withSite({ environment: { RATE_LIMIT_UPLOADS_PER_MINUTE: '2' } }, async ({ client }) => {
    const { id } = await client.image(pngPicture());
    await client.job(id);
    expect((await client.upload(['a.png', pngPicture()])).body.error.code).toBe('RATE_LIMITED');
    expect((await client.fetch('/api/v1/operations')).status).toBe(200);
  }));

test('an address may upload only so many bytes a day', () =>
  withSite({ environment: { RATE_LIMIT_UPLOAD_BYTES_PER_DAY: '300' } }, async (site) => {
    await site.client.image(pngPicture());
    const { status, body } = await site.client.upload(['random.bin', Buffer.alloc(400)]);
    expect([status, body.error.code]).toEqual([429, 'QUOTA_EXCEEDED']);
    expect((await site.client.upload(['a.png', pngPicture()])).status).toBe(429);
    await until(async () => (await site.keys()).length === 1);
  }));

test('a visitor may have only so many open jobs, and is told before the body is read', () =>
  withSite({ environment: { MAX_OPEN_JOBS_PER_VISITOR: '2' } }, async ({ client, url }) => {
    const { id } = await client.image(pngPicture());
    const three = await client.post('/api/v1/jobs', { images: [id, id, id], pipeline: [], output: { format: 'png' } });
    expect([three.status, three.body.error.code]).toEqual([429, 'QUOTA_EXCEEDED']);
    await client.job(id);
    await client.job(id);
    const answer = await rawRequest(url, {
      send: [uploadHead(`Content-Length: 5000\r\nCookie: ${client.cookie ?? ''}`)],
    });
    expect([statusOf(answer), codeOf(answer)]).toEqual([429, 'QUOTA_EXCEEDED']);
    await new TestClient(url).image(pngPicture());
  }));

test('the site as a whole takes only so many open jobs', () =>
  withSite({ environment: { MAX_OPEN_JOBS: '1' } }, async ({ url }) => {
    // Jobs of the tests before are still open in the same database.
    const { status, body } = await new TestClient(url).upload(['a.png', pngPicture()]);
    expect([status, body.error.code]).toEqual([429, 'QUOTA_EXCEEDED']);
  }));

test.each([
  ['gone', { connected: false, blocked: false, epoch: 1 }],
  ['full', { connected: true, blocked: true, epoch: 1 }],
])('while the broker is %s, no work is taken, and all else goes on', (_name, status) =>
  withSite(
    {
      wrapBroker: (broker) => overriding(broker, { status: () => status }),
    },
    async (site) => {
      const begin = Date.now();
      const answer = await rawRequest(site.url, { send: [uploadHead('Content-Length: 90000')] });
      expect([statusOf(answer), codeOf(answer)]).toEqual([503, 'BROKER_UNAVAILABLE']);
      expect(answer).toMatch(/\r\nRetry-After: \d+\r\n/);
      const { body } = await site.client.post('/api/v1/jobs', {});
      expect(body.error.code).toBe('BROKER_UNAVAILABLE');
      expect((await site.client.fetch('/api/v1/jobs')).status).toBe(200);
      const ready = await site.client.json<{ ready: boolean; parts: Record<string, { ready: boolean }> }>('/readyz');
      expect([
        ready.status,
        ready.body.ready,
        ready.body.parts.broker?.ready,
        ready.body.parts.database?.ready,
      ]).toEqual([503, false, false, true]);
      expect(Date.now() - begin).toBeLessThan(8000);
    },
  ),
);

test('one address may hold only so many connections', () =>
  withSite({ environment: { MAX_CONNECTIONS_PER_ADDRESS: '5' } }, async ({ url }) => {
    const { hostname, port } = new URL(url);
    const sockets: Socket[] = [];
    for (let i = 0; i < 8; i += 1) {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      sockets.push(socket);
    }
    await until(() => sockets.filter(({ closed }) => closed).length === 3);
    for (const socket of sockets) socket.destroy();
    await until(async () => (await fetch(`${url}/healthz`).catch(() => undefined))?.status === 200);
  }));
