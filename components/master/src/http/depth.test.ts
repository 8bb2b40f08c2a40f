import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ImageDto, JobDto, OperationDto } from '@tessera/contracts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite } from '../testing/test-site.ts';

const WIDTH = 523;
const HEIGHT = 131;
const SAMPLES = Uint16Array.from({ length: WIDTH * HEIGHT * 3 }, (_, at) => Math.imul(at + 7, 2_654_435_761) >>> 16);
/** What OpenCV, which reads blue first, finds in a file: type and SHA-256 of the samples. */
const SEE = `
import cv2, hashlib, sys
pixels = cv2.imread(sys.argv[1], cv2.IMREAD_UNCHANGED)
print(pixels.dtype, hashlib.sha256(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB).tobytes()).hexdigest())
`;

let parts: TestParts;
let site: TestSite;
let deep: ImageDto;
let shallow: ImageDto;

beforeAll(async () => {
  parts = await startTestParts();
  site = await TestSite.start(parts, { slots: 2 });
  const image = sharp(SAMPLES, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
  deep = await site.client.image(await image.clone().toColourspace('rgb16').png().toBuffer(), 'deep.png');
  shallow = await site.client.image(await image.toColourspace('srgb').png().toBuffer(), 'shallow.png');
});
afterAll(async () => {
  await site.close();
  await parts.close();
});

const run = async (image: ImageDto, request: Readonly<Record<string, unknown>>): Promise<JobDto> =>
  site.client.ended((await site.client.job(image.id, { pipeline: [{ op: 'flip' }], ...request })).id);

async function seen({ result }: JobDto): Promise<string> {
  const path = join(tmpdir(), `tessera-depth-${String(process.pid)}.${result?.format ?? ''}`);
  await writeFile(path, Buffer.from(await (await site.client.fetch(result?.url ?? '')).arrayBuffer()));
  const { stdout } = await promisify(execFile)('/usr/bin/python3', ['-c', SEE, path]);
  await rm(path);
  return stdout.trim();
}

const digest = (samples: Uint8Array | Uint16Array): string =>
  createHash('sha256').update(new Uint8Array(samples.buffer)).digest('hex');
const upsideDown = Uint16Array.from(SAMPLES, (_, at) => {
  const row = WIDTH * 3;
  return SAMPLES[(HEIGHT - 1 - Math.floor(at / row)) * row + (at % row)]!;
});

describe('an image of 16 bits a sample', () => {
  it('is told by its facts, and the operations tell what they compute in', async () => {
    expect([deep.depth, shallow.depth]).toEqual([16, 8]);
    const { body } = await site.client.json<{ operations: readonly OperationDto[] }>('/api/v1/operations');
    expect(body.operations.find(({ op }) => op === 'flip')?.depths).toEqual([8, 16]);
  });

  it.each(['png', 'tiff'] as const)('comes back as a %s with all of them, split and verified', async (format) => {
    const job = await run(deep, { output: { format }, split: 'always', verify: true });
    expect(job).toMatchObject({ state: 'done', result: { verified: true, depth: 16 } });
    expect(await seen(job)).toBe(`uint16 ${digest(upsideDown)}`);
  });

  it('is reduced where that is asked for, which is another result', async () => {
    const job = await run(deep, { output: { format: 'png', depth: 8 }, verify: true });
    expect(job.result).not.toHaveProperty('depth');
    expect(job.result).toMatchObject({ reused: false, verified: true });
    expect(await seen(job)).toBe(`uint8 ${digest(Uint8Array.from(upsideDown, (sample) => sample >> 8))}`);
  });

  it('is refused for a step that computes in 8 bits, by the name of the step, and no job is left of it', async () => {
    const pipeline = [{ op: 'flip' }, { op: 'canny' }];
    const jobs = async (): Promise<number> =>
      (await site.client.json<{ jobs: readonly JobDto[] }>('/api/v1/jobs')).body.jobs.length;
    const before = await jobs();
    const request = { images: [shallow.id, deep.id], pipeline, output: { format: 'png' } };
    for (const path of ['/api/v1/jobs', '/api/v1/estimates']) {
      const { status, body } = await site.client.post(path, request);
      expect([status, body.error.code]).toEqual([422, 'UNSUPPORTED_DEPTH']);
      const message = expect.stringMatching(/^Step 2, canny/) as string;
      expect(body.error.problems).toEqual([{ path: 'pipeline.1', message }]);
    }
    expect(await jobs()).toBe(before);
    const allowed = await run(deep, { pipeline, output: { format: 'png', depth: 8 } });
    expect(allowed.state).toBe('done');
  });
});
