import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { join } from 'node:path';
import { createFolderStore } from '@tessera/storage/folder';
import { createS3Store } from '@tessera/storage/s3';
import type { ObjectStore } from '@tessera/storage';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type {} from '../../../../../tests/services/provided.ts';
import { startTestParts, type TestParts } from '../../testing/test-parts.ts';
import { TestSite, until } from '../../testing/test-site.ts';
import { tiffHead } from '../../testing/tiff-picture.ts';
import { TusClient } from '../../testing/tus-client.ts';

let parts: TestParts;
beforeAll(async () => {
  parts = await startTestParts();
});
afterAll(() => parts.close());

const [width, height] = [6000, 4800];
const file = Buffer.concat([tiffHead(width, height), randomBytes(width * height)]);
const sha256 = createHash('sha256').update(file).digest('hex');

const stores: Readonly<Record<string, () => ObjectStore>> = {
  'a folder': () => createFolderStore({ root: join(parts.folder, randomUUID()) }),
  S3: () => createS3Store({ ...inject('s3'), forcePathStyle: true, prefix: `uploads/${randomUUID()}` }),
};

describe.each(Object.entries(stores))('uploads to %s', (_name, open) => {
  test('a file whose connection breaks again and again arrives as it is', async () => {
    const objects = open();
    const site = await TestSite.start(parts, { wrapObjects: () => objects });
    const tus = new TusClient(site.client);
    const path = await tus.begin(file.length, 'scan.tif');
    let offset = 0;
    let resent = 0;
    for (let broken = 0; broken < 8; broken += 1) {
      const bytes = 1 + Math.floor(Math.random() * 0.2 * file.length);
      await sendAndBreak(site, path, offset, bytes);
      const reached = await settled(tus, path);
      expect(reached).toBeGreaterThanOrEqual(offset);
      expect(reached).toBeLessThanOrEqual(offset + bytes);
      resent += offset + bytes - reached;
      offset = reached;
      if (offset > 0.9 * file.length) break;
    }
    // What the kernel had of a broken connection may be lost, and no more.
    expect(resent).toBeLessThan(8 * 4 * 1024 * 1024);
    // A busy machine says 202, and tells the image when it is asked again.
    expect([200, 202]).toContain((await tus.append(path, offset, file.subarray(offset))).status);
    const last = await tus.lookedAt(path);
    expect([last.status, last.body]).toEqual([
      200,
      {
        id: path.split('/').at(-1)?.slice(0, 22),
        name: 'scan.tif',
        format: 'tiff',
        width,
        height,
        channels: 1,
        depth: 8,
        bytes: file.length,
        sha256,
      },
    ]);
    const stored = createHash('sha256');
    const id = path.split('/').at(-1)?.slice(0, 22) ?? '';
    for await (const chunk of await objects.get(`uploads/${id}`)) stored.update(chunk as Buffer);
    expect(stored.digest('hex')).toBe(sha256);
    for await (const { key } of objects.list('incoming/')) expect(key).toBe('none is left');
    await objects.delete([`uploads/${id}`]);
    await site.close();
    await objects.close();
  });

  test('requests for the same upload, to one master or to two, do not spoil it', async () => {
    const objects = open();
    const sites = [
      await TestSite.start(parts, { wrapObjects: () => objects }),
      await TestSite.start(parts, { wrapObjects: () => objects }),
    ] as const;
    const [first, second] = sites.map(({ client }) => new TusClient(client)) as [TusClient, TusClient];
    const path = await first.begin(file.length, 'scan.tif');
    sites[1].client.cookie = sites[0].client.cookie;
    const third = Math.floor(file.length / 3);
    // Each is cut off at some moment, or sends all it has; what each stored is true.
    await Promise.all([
      sendAndBreak(sites[0], path, 0, third),
      sendAndBreak(sites[1], path, 0, third + 1_000_000),
      sendAndBreak(sites[0], path, 0, third + 2_000_000),
    ]);
    const offset = await settled(second, path);
    const answers = await Promise.all([
      first.append(path, offset, file.subarray(offset)),
      second.append(path, offset, file.subarray(offset)),
    ]);
    for (const { status } of answers) expect([200, 202, 409, 410]).toContain(status);
    expect(await first.lookedAt(path)).toMatchObject({ status: 200, body: { sha256 } });
    expect(await second.lookedAt(path)).toMatchObject({ status: 200, body: { sha256 } });
    for (const site of sites) await site.close();
    await objects.close();
  });
});

/** Sends some bytes of the file as part of a longer request, and breaks the connection. */
async function sendAndBreak(site: TestSite, path: string, offset: number, bytes: number): Promise<void> {
  const sending = request(site.url + path, {
    method: 'PATCH',
    headers: {
      cookie: site.client.cookie,
      'tus-resumable': '1.0.0',
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
      'content-length': String(file.length - offset),
    },
  });
  sending.on('error', () => undefined);
  sending.on('response', (response) => response.resume());
  const closed = new Promise((resolve) => sending.once('close', resolve));
  const written = new Promise((resolve) => sending.write(file.subarray(offset, offset + bytes), resolve));
  await Promise.race([written, closed]);
  sending.destroy();
  await closed;
}

/** The offset when it no longer grows: the master may still be storing what it has. */
async function settled(tus: TusClient, path: string): Promise<number> {
  let [before, reached] = [-1, await tus.offset(path)];
  await until(async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    [before, reached] = [reached, await tus.offset(path)];
    return before === reached;
  });
  return reached;
}
