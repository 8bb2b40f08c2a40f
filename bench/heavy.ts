import { readFile } from 'node:fs/promises';
import { SiteClient, type JobWish } from '../tests/cluster/site-client.ts';
import { heavyImage } from './inputs.ts';
import { median, type Measurement } from './measurement.ts';
import { runSharp } from './run-sharp.ts';
import { withCluster } from './servers.ts';

const RUNS = 3;

const WORKS = [
  {
    name: 'gaussian-blur → PNG',
    sharp: 'blur-png',
    wish: { pipeline: [{ op: 'gaussian-blur' }], output: { format: 'png' } },
  },
  {
    name: 'median → JPEG',
    sharp: 'median-jpeg',
    wish: { pipeline: [{ op: 'median' }], output: { format: 'jpeg', quality: 85 } },
  },
] as const;

interface Timing {
  readonly seconds: number;
  readonly megabytes: number;
}

/** Time from submission to result, as the server tells it, over several jobs; the image is uploaded anew each time. */
async function timeJobs(slots: number, path: string, wish: JobWish): Promise<Timing> {
  return withCluster({ executors: 1, slots }, async (cluster) => {
    const client = new SiteClient(cluster.url);
    const file = new Blob([await readFile(path)]);
    const timings: Timing[] = [];
    for (let run = 0; run < RUNS; run++) {
      const { id } = await client.submit(await client.upload(file), { ...wish, split: 'always' });
      const job = await client.ended(id, 300_000);
      if (job.state !== 'done' || !job.result)
        throw new Error(`the job ended as ${job.state}: ${JSON.stringify(job.error)}`);
      const { createdAt, finishedAt } = job.timings;
      timings.push({
        seconds: (Date.parse(finishedAt ?? '') - Date.parse(createdAt)) / 1000,
        megabytes: job.result.bytes / 1e6,
      });
    }
    return { seconds: median(timings.map(({ seconds }) => seconds)), megabytes: timings[0]?.megabytes ?? 0 };
  });
}

/** 144 megapixels: two executor slots against one, and against sharp on the whole file. */
export async function heavy(): Promise<readonly Measurement[]> {
  const path = await heavyImage(12_000);
  const measurements: Measurement[] = [];
  for (const { name, sharp, wish } of WORKS) {
    const one = await timeJobs(1, path, wish);
    const two = await timeJobs(2, path, wish);
    const peer = await runSharp({ work: sharp, threads: 1, parallel: 1, paths: [path] });
    const peerTwo = await runSharp({ work: sharp, threads: 2, parallel: 1, paths: [path] });
    const add = (what: string, value: number, unit: string, goal?: Measurement['goal']): void =>
      void measurements.push({ bench: `heavy, ${name}`, what, value, unit, goal });
    const blur = sharp === 'blur-png';
    add('one slot', one.seconds, 's');
    add('two slots', two.seconds, 's');
    add('sharp, its default of one thread', peer.milliseconds / 1000, 's');
    add('sharp, two threads', peerTwo.milliseconds / 1000, 's');
    add('one slot ÷ two slots', one.seconds / two.seconds, '', { atLeast: 1.7 });
    add('sharp (default) ÷ two slots', peer.milliseconds / 1000 / two.seconds, '', blur ? { atLeast: 1.6 } : undefined);
    add(
      'sharp (two threads) ÷ two slots',
      peerTwo.milliseconds / 1000 / two.seconds,
      '',
      blur ? { atLeast: 1.6 } : undefined,
    );
    add('file', two.megabytes, 'MB', blur ? { atMost: Math.round(peer.bytes / 1e5) / 10 } : undefined);
    add('file of sharp', peer.bytes / 1e6, 'MB');
  }
  return measurements;
}
