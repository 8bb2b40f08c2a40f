import { readFile } from 'node:fs/promises';
import { SiteClient } from '../tests/cluster/site-client.ts';
import { photoSet } from './inputs.ts';
import type { Measurement } from './measurement.ts';
import { runSharp } from './run-sharp.ts';
import { withCluster } from './servers.ts';

const WISH = { pipeline: [{ op: 'grayscale' }], output: { format: 'jpeg', quality: 85 } } as const;
/** Uploads at one time. */
const PARALLEL = 4;

/** Photos of 12 megapixels through upload, queue, executor and store, against a bare loop on both cores. */
export async function photos(count = 200): Promise<readonly Measurement[]> {
  const paths = await photoSet(count);
  const peer = await runSharp({ work: 'grayscale-jpeg', threads: 1, parallel: 2, paths });
  const seconds = await withCluster({ executors: 1, slots: 2 }, async (cluster) => {
    const client = new SiteClient(cluster.url);
    const queue = [...paths];
    const started = performance.now();
    const jobs: string[] = [];
    const send = async (): Promise<void> => {
      for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
        const { id } = await client.submit(await client.upload(new Blob([await readFile(path)])), WISH);
        jobs.push(id);
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, send));
    for (const id of jobs) {
      const { state, error } = await client.ended(id, 300_000);
      if (state !== 'done') throw new Error(`a job ended as ${state}: ${JSON.stringify(error)}`);
    }
    return (performance.now() - started) / 1000;
  });
  const ours = count / seconds;
  const theirs = count / (peer.milliseconds / 1000);
  const bench = `${String(count)} photos, grayscale → JPEG 85`;
  return [
    { bench, what: 'full stack', value: ours, unit: 'images/s' },
    { bench, what: 'bare sharp loop, two images at a time', value: theirs, unit: 'images/s' },
    { bench, what: 'full stack ÷ bare loop', value: ours / theirs, unit: '', goal: { atLeast: 0.6 } },
  ];
}
