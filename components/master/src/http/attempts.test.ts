import type { AttemptDto } from '@tessera/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pngPicture } from '../testing/pictures.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite } from '../testing/test-site.ts';

let parts: TestParts;
let site: TestSite;
beforeAll(async () => {
  parts = await startTestParts();
  site = await TestSite.start(parts, { slots: 2 });
});
afterAll(async () => {
  await site.close();
  await parts.close();
});

test('the attempts of a job tell who made each task, and when', async () => {
  const image = await site.client.image(pngPicture(600, 256));
  const { id } = await site.client.job(image.id, { split: 'always', reuse: false });
  const job = await site.client.ended(id);
  const { attempts } = (await site.client.json<{ attempts: AttemptDto[] }>(`/api/v1/jobs/${id}/attempts`)).body;
  expect(attempts).toHaveLength(job.progress.total);
  const whole = Date.parse(job.timings.finishedAt ?? '') - Date.parse(job.timings.createdAt);
  for (const { attempt, executor, began, ended, outcome } of attempts) {
    expect({ attempt, outcome }).toEqual({ attempt: 1, outcome: 'done' });
    expect(executor).toEqual(expect.any(String));
    expect(began).toBeGreaterThanOrEqual(0);
    expect(ended).toBeGreaterThanOrEqual(began);
    expect(ended).toBeLessThanOrEqual(whole + 1);
  }
  expect(attempts.at(-1)).toMatchObject({ stage: job.stages.length - 1, ended: whole });
});

test('attempts of an unknown job are not found', async () => {
  expect((await site.client.fetch('/api/v1/jobs/unknown/attempts')).status).toBe(404);
});
