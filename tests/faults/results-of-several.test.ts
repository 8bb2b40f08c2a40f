import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heavyImage } from '../../bench/inputs.ts';
import type { JobWish } from '../cluster/site-client.ts';
import { long } from './long.ts';
import { Scene } from './scene.ts';
import { survivesAKill } from './survives-a-kill.ts';

const MINUTES = 60_000;

describe.runIf(long)('results of several files, on 36 megapixels and three executors', () => {
  let scene: Scene;
  let image: string;
  beforeAll(async () => {
    scene = await Scene.start({ executors: 3, slots: 1 });
    image = await scene.client.upload(new Blob([await readFile(await heavyImage(6000))]), 'heavy.jpg');
  }, 5 * MINUTES);
  afterAll(() => scene.stop());

  it.each<[string, JobWish['output'], number]>([
    ['a pyramid of Deep Zoom', { format: 'jpeg', tiles: { layout: 'dzi', overlap: 1 } }, 778 + 1],
    ['a pyramid of IIIF', { format: 'webp', tiles: { layout: 'iiif', size: 512 } }, 194 + 1],
    ['three sizes', { format: 'png', thumbnails: [4000, 1000, 200] }, 3],
  ])(
    '%s: an executor is killed in mid-job, and all files are those of an unsplit run',
    async (_name, output, count) => {
      const job = await survivesAKill(scene, image, [{ op: 'gaussian-blur' }], 8 * MINUTES, output);
      expect(job.result?.files?.count).toBe(count);
      // A ZIP file that lists each of them once.
      const zip = Buffer.from(await scene.client.result(job.id));
      expect(zip.readUInt16LE(zip.length - 12)).toBe(count);
      await scene.cluster.waitForExecutors(3);
    },
    10 * MINUTES,
  );
});
