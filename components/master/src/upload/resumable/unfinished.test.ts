import { afterAll, beforeAll, expect, test } from 'vitest';
import { pngPicture } from '../../testing/pictures.ts';
import { TestClient } from '../../testing/test-client.ts';
import { startTestParts, type TestParts } from '../../testing/test-parts.ts';
import { TestSite } from '../../testing/test-site.ts';
import { TusClient, base64 } from '../../testing/tus-client.ts';

let parts: TestParts;
let site: TestSite;
let tus: TusClient;

beforeAll(async () => {
  parts = await startTestParts();
  site = await TestSite.start(parts, { environment: { MAX_UNFINISHED_UPLOADS_PER_VISITOR: '2' } });
  tus = new TusClient(site.client);
});

afterAll(async () => {
  await site.close();
  await parts.close();
});

test('a visitor with too many unfinished uploads is turned away until one of them is finished or given up', async () => {
  const picture = pngPicture(60, 40, 5);
  const first = await tus.begin(picture.length);
  const second = await tus.begin(picture.length);
  await tus.append(second, 0, picture.subarray(0, 100));
  const third = await tus.create(picture.length);
  expect([third.status, third.headers.get('location'), third.body?.error]).toMatchObject([
    429,
    null,
    {
      code: 'QUOTA_EXCEEDED',
      message: 'You have 2 unfinished uploads, which is the most. Finish or remove one first.',
    },
  ]);
  // Nor may one name another visitor, or bring its bytes at once.
  const sly = await tus.send(
    'POST',
    '/api/v1/uploads',
    {
      'upload-length': String(picture.length),
      'upload-metadata': `filename ${base64('a.png')},visitor ${base64('somebody')}`,
      'content-type': 'application/offset+octet-stream',
    },
    picture,
  );
  expect(sly.body?.error?.code).toBe('QUOTA_EXCEEDED');
  const other = new TusClient(new TestClient(site.url));
  expect(await other.begin(picture.length)).toContain('/uploads/');

  expect((await tus.append(second, 100, picture.subarray(100))).status).toBe(200);
  const fourth = await tus.begin(picture.length);
  expect((await tus.create(picture.length)).status).toBe(429);
  expect((await tus.send('DELETE', first)).status).toBe(204);
  expect((await tus.append(await tus.begin(picture.length), 0, picture)).status).toBe(200);
  expect((await tus.append(fourth, 0, picture)).status).toBe(200);
});
