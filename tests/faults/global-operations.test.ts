import { readFile } from 'node:fs/promises';
import { OPERATIONS } from '@tessera/contracts';
import { operationFor } from '@tessera/imaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heavyImage } from '../../bench/inputs.ts';
import { long } from './long.ts';
import { Scene } from './scene.ts';
import { survivesAKill } from './survives-a-kill.ts';

const GLOBAL = OPERATIONS.filter(({ op }) => operationFor(op).kind === 'global');
const MINUTES = 60_000;

/** The short form is a case of `executor-faults.test.ts`. */
describe.runIf(long)('every operation that needs the whole picture, on 144 megapixels and three executors', () => {
  let scene: Scene;
  let image: string;
  beforeAll(async () => {
    scene = await Scene.start({ executors: 3, slots: 1 });
    image = await scene.client.upload(new Blob([await readFile(await heavyImage(12_000))]), 'heavy.jpg');
  });
  afterAll(() => scene.stop());

  it.each(GLOBAL)(
    '$op: an executor is killed in mid-job, and the result is that of an unsplit run',
    async ({ op, example }) => {
      const started = performance.now();
      const job = await survivesAKill(scene, image, [{ op, ...(example && { params: example }) }], 15 * MINUTES);
      const regions = Math.max(...job.stages.map(({ tasks }) => tasks));
      const looks = job.stages.filter(({ kind, passedOver }) => kind === 'observe' && !passedOver).length;
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      const reports = (job.result?.reports ?? []).map(({ bytes }) => `, report of ${String(bytes)} bytes`).join('');
      process.stdout.write(`${op}: ${String(regions)} regions, looks: ${String(looks)}, ${seconds} s${reports}\n`);
      expect(regions).toBeGreaterThan(3);
      // What a killed executor had begun to upload in parts is swept when it is old: that is not waited for.
      await scene.cluster.waitForExecutors(3);
    },
    20 * MINUTES,
  );
});
