import sharp from 'sharp';
import { SiteClient } from '../tests/cluster/site-client.ts';
import type { Measurement } from './measurement.ts';
import { withCluster } from './servers.ts';

/** What master, broker and store cost a task: jobs that copy a tiny image, one task each. */
export async function tasks(count = 1000): Promise<readonly Measurement[]> {
  const tiny = await sharp({ create: { width: 16, height: 16, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  const seconds = await withCluster({ executors: 2, slots: 4 }, async (cluster) => {
    const client = new SiteClient(cluster.url);
    const image = await client.upload(new Uint8Array(tiny));
    const body = JSON.stringify({
      images: Array<string>(count).fill(image),
      pipeline: [],
      output: { format: 'png' },
      reuse: false,
    });
    const started = performance.now();
    const headers = { 'content-type': 'application/json' };
    const { batch } = await client.json<{ batch: string }>('/jobs', { method: 'POST', body, headers });
    for (;;) {
      const { jobs } = await client.json<{ jobs: { state: string }[] }>(`/batches/${batch}`);
      if (jobs.every(({ state }) => state === 'done')) break;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    return (performance.now() - started) / 1000;
  });
  const bench = `${String(count)} jobs of one task, no operation`;
  return [{ bench, what: 'tasks through master, broker, executor and store', value: count / seconds, unit: 'tasks/s' }];
}
