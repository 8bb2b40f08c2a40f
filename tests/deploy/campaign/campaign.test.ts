import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heavyImageWithRestarts } from '../../../bench/inputs.ts';
import { SiteClient } from '../../cluster/site-client.ts';
import { waitUntil } from '../../services/wait-until.ts';
import { dockerEngine, long } from '../engine/index.ts';
import { Site } from './site.ts';

const PIPELINE = [
  { op: 'median', params: { ksize: 7 } },
  { op: 'gaussian-blur', params: { ksize: 9 } },
  { op: 'canny' },
];

/** A broker machine, a server machine and three worker machines with addresses of their own. */
describe.runIf(long)('a 144-megapixel job on three worker machines', () => {
  let site: Site | undefined;
  let client: SiteClient;
  let image: string;
  beforeAll(async () => {
    site = await Site.install(await dockerEngine(), { workers: 3 });
    client = new SiteClient(site.url);
    image = await client.upload(new Blob([await readFile(await heavyImageWithRestarts(12_000))]), 'heavy.jpg');
  }, 1_800_000);
  afterAll(() => site?.remove());

  const submit = (split: 'always' | 'never') =>
    client.submit(image, { pipeline: PIPELINE, output: { format: 'png' }, split });

  it('ends right though one machine is cut off, one killed and the broker rebooted', async () => {
    const [cutOff, killed] = site?.workers ?? [];
    if (!site || !cutOff || !killed) throw new Error('There are no workers.');
    const { id } = await submit('always');
    const done = (share: number) =>
      waitUntil(
        `${String(share * 100)} % are done`,
        async () => {
          const { progress } = await client.job(id);
          return progress.total > 0 && progress.done >= share * progress.total;
        },
        { ms: 600_000, every: 200 },
      );
    await done(0.05);
    await cutOff.run('for chain in INPUT OUTPUT FORWARD; do iptables -I $chain -j DROP; done');
    await done(0.1);
    await killed.kill();
    await done(0.15);
    await site.broker.reboot();
    const job = await client.ended(id, 900_000);
    expect(job).toMatchObject({ state: 'done' });

    const tasks = await client.tasks(id);
    const executors = new Set(tasks.map(({ executor }) => executor?.replace(/-[^-]*$/, '')));
    expect(executors.size).toBeGreaterThan(1);
    expect(Math.max(...tasks.map(({ attempts }) => attempts))).toBeGreaterThan(1);

    const whole = await client.ended((await submit('never')).id, 900_000);
    expect(job.result?.pixelDigest).toBe(whole.result?.pixelDigest);
    const taken = tasks.map(({ attempts }) => attempts).filter((attempts) => attempts > 1).length;
    process.stdout.write(
      `${String(tasks.length)} tasks, ${String(taken)} of them begun again; ${JSON.stringify(job.timings)}\n`,
    );
  });
});
