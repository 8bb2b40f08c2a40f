import { siteSchema } from '@tessera/contracts';
import { expect, test } from 'vitest';
import { startTestParts } from '../testing/test-parts.ts';
import { TestSite } from '../testing/test-site.ts';

test('a site tells its limits', async () => {
  const parts = await startTestParts();
  const site = await TestSite.start(parts, {
    environment: { MAX_UPLOAD_BYTES: '2000000', FETCH_URLS: 'false', WEBHOOKS: 'false' },
  });
  const { status, body } = await site.client.json<unknown>('/api/v1/site');
  expect([status, siteSchema.parse(body)]).toEqual([
    200,
    {
      limits: {
        fileBytes: 2_000_000,
        resumableBytes: 2_000_000,
        filesPerRequest: 50,
        imagesPerJobRequest: 1000,
        pixels: 400_000_000,
        progressivePixels: 320 * 1024 * 1024,
        verifyPixels: 200_000_000,
      },
      formats: ['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'],
      fetchesUrls: false,
      sendsWebhooks: false,
      mapTiles: null,
      keep: { resultsHours: 168, uploadsHours: 24 },
    },
  ]);
  await site.close();
  await parts.close();
});
