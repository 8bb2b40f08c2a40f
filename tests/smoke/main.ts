// Sends a small picture through a running site and compares the result pixel for pixel: npm run smoke -- URL
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  imagesCreatedSchema,
  jobSchema,
  jobsCreatedSchema,
  operationListSchema,
  type JobDto,
} from '@tessera/contracts';
import type { z } from 'zod';
import { decodePng, encodePng, type Picture } from './png.ts';

const site = new URL(process.argv[2] ?? 'http://localhost:8080');
const deadline = AbortSignal.timeout(60_000);

/** Calls the site. @throws Error with the answer when it is not a success. */
async function call(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(new URL(path, site), { signal: deadline, ...init });
  if (!response.ok) throw new Error(`${path} answered ${String(response.status)}: ${await response.text()}`);
  return response;
}

async function callJson<T>(schema: z.ZodType<T>, path: string, init?: RequestInit): Promise<T> {
  return schema.parse(await (await call(path, init)).json());
}

async function upload(picture: Picture): Promise<string> {
  const form = new FormData();
  form.set('image', new Blob([new Uint8Array(encodePng(picture))]), 'smoke.png');
  const { images } = await callJson(imagesCreatedSchema, '/api/v1/images', { method: 'POST', body: form });
  if (!images[0]) throw new Error('The upload was answered without an image.');
  return images[0].id;
}

async function invert(image: string): Promise<JobDto> {
  const body = JSON.stringify({
    images: [image],
    pipeline: [{ op: 'invert' }],
    output: { format: 'png' },
    split: 'always',
    verify: true,
  });
  const headers = { 'content-type': 'application/json' };
  const { jobs } = await callJson(jobsCreatedSchema, '/api/v1/jobs', { method: 'POST', headers, body });
  let job = jobs[0];
  while (job && (job.state === 'queued' || job.state === 'running')) {
    await delay(100);
    job = await callJson(jobSchema, `/api/v1/jobs/${job.id}`);
  }
  if (job?.state !== 'done') throw new Error(`The job ended ${job?.state ?? 'unseen'}: ${job?.error?.message ?? ''}`);
  return job;
}

async function smoke(): Promise<void> {
  await call('/healthz');
  await call('/readyz');
  const { operations } = await callJson(operationListSchema, '/api/v1/operations');
  console.log(`The site is ready and knows ${String(operations.length)} operations.`);

  const [width, height] = [101, 67];
  const picture = { width, height, data: randomBytes(width * height * 3) };
  const job = await invert(await upload(picture));
  const tasks = job.stages.reduce((sum, stage) => sum + stage.tasks, 0);
  console.log(`A picture of ${String(width)} × ${String(height)} pixels was inverted by ${String(tasks)} tasks.`);

  const url = job.result?.url;
  if (url === undefined) throw new Error('The finished job has no result.');
  const result = decodePng(Buffer.from(await (await call(url)).arrayBuffer()));
  const wrong = result.data.findIndex((value, index) => value !== 255 - picture.data[index]!);
  if (result.width !== width || result.height !== height || wrong >= 0) {
    throw new Error(`The result differs from the inverted picture, first at byte ${String(wrong)}.`);
  }
  console.log('The result is right in every pixel.');
}

try {
  await smoke();
} catch (error) {
  console.error(`${site.href}: ${(error as Error).message}`);
  process.exitCode = 1;
}
