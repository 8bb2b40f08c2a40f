import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { TestClient } from '../../components/master/src/testing/test-client.ts';
import { tiffHead } from '../../components/master/src/testing/tiff-picture.ts';
import { TusClient } from '../../components/master/src/testing/tus-client.ts';
import { Cluster } from '../cluster/cluster.ts';
import { startEmbeddedProcess } from '../e2e/embedded-process.ts';
import type { MortalSite } from '../e2e/mortal-site.ts';
import { peakBytes } from '../e2e/page/peak-memory.ts';
import { freePort } from '../services/free-port.ts';
import type {} from '../services/provided.ts';
import { waitUntil } from '../services/wait-until.ts';
import { long } from './long.ts';

const MEBIBYTE = 1024 * 1024;
const SEGMENT = 8 * MEBIBYTE;

const [width, height] = [6000, 8000];
const file = Buffer.concat([tiffHead(width, height), randomBytes(width * height)]);
const sha256 = createHash('sha256').update(file).digest('hex');

async function full(): Promise<MortalSite & { readonly cluster: Cluster }> {
  const servers = { amqpUrl: inject('amqpUrl'), postgresUrl: inject('postgresUrl'), s3: inject('s3') };
  const cluster = await Cluster.start(servers, { executors: 0, slots: 1 });
  return {
    cluster,
    url: cluster.url,
    pid: () => cluster.master.pid,
    kill: () => cluster.master.kill(),
    start: () => cluster.startMaster(),
    stop: () => cluster.stop(),
  };
}

/** Sends the rest of a file slowly, until the connection ends or `whenSent` bytes were sent. */
function sendSlowly(client: TestClient, path: string, offset: number, whenSent: { bytes: number; then: () => void }) {
  const sending = request(client.url + path, {
    method: 'PATCH',
    headers: {
      cookie: client.cookie,
      'tus-resumable': '1.0.0',
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
      'content-length': String(file.length - offset),
    },
  });
  sending.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => sending.once('close', resolve));
  const send = async (): Promise<void> => {
    for (let at = offset; at < file.length && !sending.destroyed; at += MEBIBYTE) {
      const piece = file.subarray(at, at + MEBIBYTE);
      await Promise.race([new Promise((resolve) => sending.write(piece, resolve)), closed]);
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (at - offset >= whenSent.bytes) {
        whenSent.then();
        break;
      }
    }
    await closed;
  };
  return send();
}

/** Kills the site in the middle of requests, and finishes the upload with what is left of it. */
async function surviveKills(site: MortalSite): Promise<void> {
  const client = new TestClient(site.url);
  const tus = new TusClient(client);
  const path = await tus.begin(file.length, 'scan.tif');
  let offset = 0;
  for (const bytes of [13 * MEBIBYTE, 11 * MEBIBYTE]) {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const sending = sendSlowly(client, path, offset, { bytes, then: () => resolve(undefined) });
    await promise;
    await site.kill();
    await sending;
    await site.start();
    const reached = await tus.offset(path);
    // What was stored is kept: all but the segment under way, and what the network held.
    expect(reached).toBeGreaterThanOrEqual(offset + bytes - SEGMENT - 4 * MEBIBYTE);
    expect(reached).toBeLessThanOrEqual(offset + bytes + MEBIBYTE);
    offset = reached;
  }
  // Killed between the last byte and the answer, or shortly before or after: whoever asks then is told the same.
  const last = tus.append(path, offset, file.subarray(offset)).catch(() => undefined);
  await waitUntil('the last byte is there', () => isComplete(client, path), {
    ms: 60_000,
    every: 5,
  });
  await site.kill();
  await last;
  await site.start();
  expect(await tus.image(path)).toMatchObject({
    status: 200,
    body: { format: 'tiff', width, height, bytes: file.length, sha256 },
  });
  const id = path.split('/').at(-1)?.slice(0, 22) ?? '';
  const stored = createHash('sha256');
  const { body } = await client.fetch(`/api/v1/images/${id}/file`);
  if (body !== null) for await (const chunk of Readable.fromWeb(body as never)) stored.update(chunk as Buffer);
  expect(stored.digest('hex')).toBe(sha256);
}

/** Asked without a request for the offset, which would end the one that sends. */
async function isComplete(client: TestClient, path: string): Promise<boolean> {
  return (await client.fetch(`${path}/image`)).status !== 409;
}

describe('uploads that can be resumed', () => {
  let site: Awaited<ReturnType<typeof full>>;
  beforeAll(async () => {
    site = await full();
  });
  afterAll(() => site.stop());

  it('lose nothing when the embedded site is killed', async () => {
    const mortal = await startEmbeddedProcess();
    try {
      await surviveKills(mortal);
    } finally {
      await mortal.kill();
      await mortal.stop();
    }
  });

  it.runIf(long)('lose nothing when their master is killed', () => surviveKills(site));

  it('go on with another master', async () => {
    const port = await freePort();
    const other = await site.cluster.addMaster(port);
    const client = new TestClient(site.url);
    const path = await new TusClient(client).begin(file.length, 'scan.tif');
    const half = Math.floor(file.length / 2);
    await new TusClient(client).append(path, 0, file.subarray(0, half));
    const elsewhere = new TestClient(`http://127.0.0.1:${String(port)}`);
    elsewhere.cookie = client.cookie;
    const tus = new TusClient(elsewhere);
    expect(await tus.offset(path)).toBe(half);
    const done = await tus.append(path, half, file.subarray(half));
    expect(done).toMatchObject({ status: 200, body: { sha256 } });
    expect(await new TusClient(client).image(path)).toMatchObject({ status: 200, body: done.body });
    await other.terminate();
  });

  it.runIf(long)('of 300 megabytes take little memory', async () => {
    const [wide, high] = [17_500, 17_600];
    const head = tiffHead(wide, high);
    const bytes = head.length + wide * high;
    const piece = Buffer.alloc(4 * MEBIBYTE);
    async function* pieces(): AsyncGenerator<Uint8Array> {
      yield head;
      for (let left = wide * high; left > 0; left -= piece.length) yield piece.subarray(0, left);
    }
    const tus = new TusClient(new TestClient(site.url));
    const before = peakBytes(site.cluster.master.pid);
    const path = await tus.begin(bytes, 'large.tif');
    const answer = await tus.append(path, 0, Readable.toWeb(Readable.from(pieces())) as ReadableStream);
    expect([200, 202]).toContain(answer.status);
    await waitUntil('the image is there', async () => (await tus.image(path)).status === 200, { ms: 60_000 });
    expect((await tus.image(path)).body).toMatchObject({ width: wide, height: high, bytes });
    expect(peakBytes(site.cluster.master.pid) - before).toBeLessThan(128 * MEBIBYTE);
  });
});
