import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pngPicture } from '../../testing/pictures.ts';
import { startTestParts, type TestParts } from '../../testing/test-parts.ts';
import { TestSite } from '../../testing/test-site.ts';
import { TusClient, base64 } from '../../testing/tus-client.ts';

let parts: TestParts;
let site: TestSite;
let tus: TusClient;

beforeAll(async () => {
  parts = await startTestParts();
  site = await TestSite.start(parts, { environment: { MAX_UPLOAD_BYTES: '100000' } });
  tus = new TusClient(site.client);
});

afterAll(async () => {
  await site.close();
  await parts.close();
});

const picture = pngPicture(60, 40, 5);
const sha256 = createHash('sha256').update(picture).digest('hex');

test('a file that comes in pieces becomes the same image as one that comes at once', async () => {
  const path = await tus.begin(picture.length, 'große Bühne.png');
  expect(path).toMatch(/^\/api\/v1\/uploads\/[A-Za-z0-9_-]{44}$/);
  expect(await tus.offset(path)).toBe(0);
  expect((await tus.image(path)).body?.error?.code).toBe('CONFLICT');
  const half = await tus.append(path, 0, picture.subarray(0, 100));
  expect([half.status, half.headers.get('upload-offset'), half.body]).toEqual([204, '100', undefined]);
  expect(await tus.offset(path)).toBe(100);
  const rest = await tus.append(path, 100, picture.subarray(100));
  expect(rest.status).toBe(200);
  expect(rest.headers.get('upload-offset')).toBe(String(picture.length));
  const id = path.split('/').at(-1)?.slice(0, 22);
  expect(rest.body).toEqual({
    id,
    name: 'große Bühne.png',
    format: 'png',
    width: 60,
    height: 40,
    channels: 1,
    depth: 8,
    bytes: picture.length,
    sha256,
  });
  expect((await site.client.json(`/api/v1/images/${id}`)).body).toEqual(rest.body);
  const file = await site.client.fetch(`/api/v1/images/${id}/file`);
  expect(Buffer.from(await file.arrayBuffer()).equals(picture)).toBe(true);
  // Whoever lost the answer asks again.
  expect(await tus.offset(path)).toBe(picture.length);
  expect(await tus.image(path)).toMatchObject({ status: 200, body: rest.body });
  expect(await tus.append(path, picture.length, new Uint8Array())).toMatchObject({ status: 200, body: rest.body });
  expect(await site.keys('incoming/')).toEqual([]);
  expect(await site.scratchFiles()).toEqual([]);
});

test('an upload may be created with its bytes', async () => {
  const { status, body, headers } = await tus.send(
    'POST',
    '/api/v1/uploads',
    {
      'upload-length': String(picture.length),
      'upload-metadata': `filename ${base64('a.png')}`,
      'content-type': 'application/offset+octet-stream',
    },
    picture,
  );
  expect([status, body]).toMatchObject([201, { sha256 }]);
  expect(headers.get('location')).toContain('/api/v1/uploads/');
});
