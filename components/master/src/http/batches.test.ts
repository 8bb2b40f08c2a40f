import type { JobDto } from '@tessera/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pngPicture } from '../testing/pictures.ts';
import { TestClient } from '../testing/test-client.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;
beforeAll(async () => {
  parts = await startTestParts();
  site = await TestSite.start(parts);
});
afterAll(async () => {
  await site.close();
  await parts.close();
});

const submit = (client: TestClient, image: string, batch?: string) =>
  client.post<{ jobs: JobDto[]; batch?: string }>('/api/v1/jobs', {
    images: [image],
    pipeline: [{ op: 'invert' }],
    output: { format: 'png' },
    ...(batch !== undefined && { batch }),
  });

test('a batch may begin with one image and be joined by its visitor, nobody else', async () => {
  const { client } = site;
  const { id } = await client.image(pngPicture());
  expect((await submit(client, id)).body.batch).toBeUndefined();
  const first = await submit(client, id, 'new');
  const batch = first.body.batch ?? '';
  expect(batch).toMatch(/^[A-Za-z0-9_-]{22}$/);
  const second = await submit(client, id, batch);
  expect(second.body.batch).toBe(batch);
  const { body } = await client.json<{ jobs: JobDto[] }>(`/api/v1/batches/${batch}`);
  expect(body.jobs.map((job) => job.id)).toEqual([...first.body.jobs, ...second.body.jobs].map((job) => job.id));

  const other = new TestClient(site.url);
  const stranger = await submit(other, (await other.image(pngPicture())).id, batch);
  expect([stranger.status, stranger.body]).toMatchObject([404, { error: { problems: [{ path: 'batch' }] } }]);
  expect((await submit(client, id, 'made-up')).status).toBe(404);
});
