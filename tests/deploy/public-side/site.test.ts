import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect as http2 } from 'node:http2';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { once } from 'node:events';
import type { JobDto } from '@tessera/contracts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../../cluster/cluster.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../services/temporary-folder.ts';
import { waitUntil } from '../../services/wait-until.ts';
import { Authority } from './authority.ts';
import { Proxy, type ProxyKind } from './proxy.ts';
import { imageForm, SecureClient, type SecureRequest } from './secure-client.ts';
import { ownServers } from '../../cluster/own-servers.ts';

const REQUESTS_PER_MINUTE = 200;
const MEBIBYTE = 1024 * 1024;
const MAX_UPLOAD = 70 * MEBIBYTE;

let folder: TemporaryFolder;
let cluster: Cluster;
let authority: Authority;
let ca: Buffer;
/** About 60 MB of noise, which no proxy can make smaller. */
let large: Buffer;

beforeAll(async () => {
  folder = await createTemporaryFolder('public-side');
  authority = await Authority.create(folder.path, 'site');
  ca = await readFile(authority.caFile);
  const page = join(folder.path, 'page');
  await mkdir(join(page, 'assets'), { recursive: true });
  await writeFile(join(page, 'index.html'), '<!doctype html><title>Tessera</title>');
  await writeFile(join(page, 'assets/index-abc.js'), `export const words = [${'"tessera", '.repeat(1000)}];`);
  large = await sharp(randomBytes(4500 * 4500 * 3), { raw: { width: 4500, height: 4500, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer();
  cluster = await Cluster.start(await ownServers(), {
    executors: 1,
    slots: 2,
    env: {
      TRUST_PROXY: '1',
      PAGE_FOLDER: page,
      RATE_LIMIT_REQUESTS_PER_MINUTE: String(REQUESTS_PER_MINUTE),
      MAX_UPLOAD_BYTES: String(MAX_UPLOAD),
    },
  });
});
afterAll(async () => {
  await cluster.stop();
  await folder.remove();
});

describe.each<ProxyKind>(['nginx', 'caddy'])('the site behind %s', (kind) => {
  let proxy: Proxy;
  let place: string;
  /** Every test calls from an address of its own, for the limits are counted by address. */
  let calls = kind === 'nginx' ? 10 : 60;
  const clients: SecureClient[] = [];
  const visit = (): SecureClient => {
    const client = new SecureClient({ port: proxy.port, ca, from: `127.0.0.${String((calls += 1))}` });
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    place = join(folder.path, kind);
    await mkdir(place);
    const certificate = await authority.issue('DNS:localhost');
    proxy = await Proxy.start(kind, { folder: place, certificate, masters: [Number(new URL(cluster.url).port)] });
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await proxy.stop();
  });

  it('sends HTTP to HTTPS and keeps method and address', async () => {
    const answer = request({ port: proxy.httpPort, path: '/jobs/a?b=c', headers: { host: 'localhost' } }).end();
    const [response] = (await once(answer, 'response')) as [{ statusCode: number; headers: Record<string, string> }];
    expect(response.statusCode).toBe(308);
    expect(new URL(response.headers.location ?? '').href.replace(`:${String(proxy.port)}`, '')).toBe(
      'https://localhost/jobs/a?b=c',
    );
  });

  it('speaks HTTP/2', async () => {
    const session = http2(`https://localhost:${String(proxy.port)}`, { ca });
    const stream = session.request({ ':path': '/api/v1/operations' });
    const [headers] = (await once(stream, 'response')) as [{ ':status': number }];
    expect([session.alpnProtocol, headers[':status']]).toEqual(['h2', 200]);
    session.destroy();
  });

  it('gives the page with HSTS once, the strict cookie, and packed assets', async () => {
    const client = visit();
    const page = await client.send({ path: '/', headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(page.headers['strict-transport-security']).toBe('max-age=31536000');
    expect(page.headers['set-cookie']).toHaveLength(1);
    expect(page.headers['set-cookie']?.[0]).toMatch(/^__Host-tessera=.*; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
    const asset = { path: '/assets/index-abc.js', headers: { 'accept-encoding': 'gzip' } };
    expect((await client.send(asset)).headers['content-encoding']).toBe('gzip');
    const api = await client.send({ path: '/api/v1/operations', headers: { 'accept-encoding': 'gzip' } });
    expect(api.headers['content-encoding']).toBeUndefined();
    expect((await client.send({ path: '/metrics' })).status).toBe(404);
    expect((await client.send({ path: '/readyz' })).status).toBe(200);
    // Over plain HTTP, inside, neither is sent: a browser at a site without TLS could not use them.
    const inside = await fetch(cluster.url, { headers: { accept: 'text/html' } });
    expect(inside.headers.get('strict-transport-security')).toBeNull();
    expect(inside.headers.getSetCookie()[0]).toMatch(/^tessera=/);
  });

  it('takes calls of its own pages only, whatever names the caller makes up', async () => {
    const client = visit();
    const post = async (headers: Record<string, string>): Promise<number> => {
      const wish: SecureRequest = { method: 'POST', path: '/api/v1/jobs', body: '{}', headers };
      return (await client.send({ ...wish, headers: { 'content-type': 'application/json', ...headers } })).status;
    };
    expect(await post({ origin: client.origin })).toBe(400);
    expect(await post({ 'sec-fetch-site': 'same-origin' })).toBe(400);
    expect(await post({ origin: 'https://evil.example' })).toBe(403);
    const madeUp = { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' };
    expect(await post({ origin: 'https://evil.example', ...madeUp })).toBe(403);
    const plain = await client.send({ path: '/', headers: { accept: 'text/html', 'x-forwarded-proto': 'http' } });
    expect(plain.headers['strict-transport-security']).toBeDefined();
  });

  it('counts requests by the address that the proxy saw, not by one that the caller made up', async () => {
    const [one, other] = [visit(), visit()];
    const statuses: number[] = [];
    for (let index = 0; index < REQUESTS_PER_MINUTE + 3; index++) {
      const headers = { 'x-forwarded-for': `203.0.113.${String(index)}`, 'x-real-ip': '203.0.113.1' };
      statuses.push((await one.send({ path: '/api/v1/operations', headers })).status);
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(REQUESTS_PER_MINUTE);
    expect(statuses.slice(-3)).toEqual([429, 429, 429]);
    expect((await other.send({ path: '/api/v1/operations' })).status).toBe(200);
  });

  it('streams an upload of 60 MB to the master, and the file back in ranges, with nothing kept on the way', async () => {
    const client = visit();
    const form = imageForm('large.png');
    const body = new PassThrough();
    const bytes = form.head.length + large.length + form.tail.length;
    const answer = client.send({
      method: 'POST',
      path: '/api/v1/images',
      headers: { ...form.headers, 'content-length': String(bytes) },
      body,
    });
    body.write(form.head);
    body.write(large.subarray(0, 20 * MEBIBYTE));
    // The client pauses: what it has sent is at the master by now.
    await waitUntil('the first part is at the master', async () => (await received()) > 18 * MEBIBYTE, { ms: 10_000 });
    expect(await kept(place)).toEqual([]);
    body.write(large.subarray(20 * MEBIBYTE));
    body.end(form.tail);
    const { status, body: text } = await answer;
    expect([status, text.toString()]).toEqual([201, expect.stringContaining('"width":4500')]);
    const { images } = JSON.parse(text.toString()) as { images: [{ id: string }] };
    const path = `/api/v1/images/${images[0].id}/file`;
    const range = await client.send({ path, headers: { range: 'bytes=1000-1999' } });
    expect(range.status).toBe(206);
    expect(range.body.equals(large.subarray(1000, 2000))).toBe(true);
    const download = await client.open({ path });
    download.pause();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await kept(place)).toEqual([]);
    let length = 0;
    for await (const chunk of download as AsyncIterable<Buffer>) length += chunk.length;
    expect(length).toBe(large.length);
  });

  it('lets the master answer to a file that is too large, in its own words', async () => {
    const client = visit();
    const form = imageForm('too-large.png');
    const body = Buffer.concat([form.head, Buffer.alloc(MAX_UPLOAD + 1), form.tail]);
    const answer = await client.send({ method: 'POST', path: '/api/v1/images', headers: form.headers, body });
    expect([answer.status, answer.body.toString()]).toEqual([413, expect.stringContaining('FILE_TOO_LARGE')]);
    const wide = { method: 'POST', path: '/api/v1/jobs', headers: { 'content-type': 'application/json' } } as const;
    expect((await client.send({ ...wide, body: ' '.repeat(2 * MEBIBYTE) })).status).toBe(413);
  });

  it('passes events on as they happen', async () => {
    const client = visit();
    const form = imageForm('small.png');
    const image = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    const upload = await client.send({
      method: 'POST',
      path: '/api/v1/images',
      headers: form.headers,
      body: Buffer.concat([form.head, image, form.tail]),
    });
    const { images } = JSON.parse(upload.body.toString()) as { images: [{ id: string }] };
    const begun = performance.now();
    const stream = await client.open({ path: '/api/v1/events', headers: { 'accept-encoding': 'gzip' } });
    expect(stream.headers['content-encoding']).toBeUndefined();
    let text = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    await waitUntil('the stream begins', () => /^id: \d+$/m.test(text), { ms: 2000, every: 5 });
    expect(performance.now() - begun).toBeLessThan(1000);
    const submitted = performance.now();
    const job = await client.send({
      method: 'POST',
      path: '/api/v1/jobs',
      headers: { 'content-type': 'application/json', origin: client.origin },
      body: JSON.stringify({ images: [images[0].id], pipeline: [{ op: 'invert' }], output: { format: 'png' } }),
    });
    const { jobs } = JSON.parse(job.body.toString()) as { jobs: [JobDto] };
    await waitUntil('an event arrives', () => text.includes(jobs[0].id), { ms: 5000, every: 5 });
    expect(performance.now() - submitted).toBeLessThan(1000);
    stream.destroy();
  });

  /** Bytes of the largest upload that the master holds now. */
  async function received(): Promise<number> {
    const uploads = join(cluster.folder, 'uploads');
    const files = (await readdir(uploads, { withFileTypes: true })).filter((entry) => entry.isFile());
    const sizes = files.map(async ({ name }) => (await stat(join(uploads, name)).catch(() => undefined))?.size ?? 0);
    return Math.max(0, ...(await Promise.all(sizes)));
  }
});

/** Files in the proxy's temporary folders. */
async function kept(place: string): Promise<readonly string[]> {
  const files = await readdir(place, { recursive: true, withFileTypes: true });
  return files.filter((file) => file.isFile() && file.parentPath.includes('_temp')).map(({ name }) => name);
}
