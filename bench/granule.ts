import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import type { JobDto } from '@tessera/contracts';
import type { Cluster } from '../tests/cluster/cluster.ts';
import { SiteClient } from '../tests/cluster/site-client.ts';
import { waitUntil } from '../tests/services/wait-until.ts';
import type { Measurement } from './measurement.ts';
import { peakOf } from './peak-of.ts';
import { sceneFiles } from './scenes.ts';
import { withCluster } from './servers.ts';

const SIDE = 10_980;
const SCENES = 12;
const EXECUTORS = 3;
const BENCH = `median of ${String(SCENES)} scenes of ${String(SIDE)}² over ${String(EXECUTORS)} executors`;

/** A whole granule of Sentinel-2 over three executors, undisturbed, and with one of them killed in mid-job. */
export async function granule(): Promise<readonly Measurement[]> {
  const paths = await sceneFiles(SCENES, SIDE);
  return withCluster({ executors: EXECUTORS, slots: 1 }, async (cluster) => {
    const client = new SiteClient(cluster.url);
    const images: string[] = [];
    for (const path of paths) images.push(await client.upload(await openAsBlob(path), basename(path)));
    const peaks = new Map<string, number>();
    const watch = setInterval(() => notePeaks(cluster, peaks), 100);
    try {
      const whole = await client.ended((await submit(client, images)).id, 900_000);
      const job = await submit(client, images);
      await waitUntil('half is done', async () => (await client.job(job.id)).progress.share > 0.4, { ms: 600_000 });
      await cluster.executors[0]?.kill();
      const disturbed = await client.ended(job.id, 900_000);
      const tasks = await client.tasks(job.id);
      if (whole.result?.pixelDigest === undefined || whole.result.pixelDigest !== disturbed.result?.pixelDigest) {
        throw new Error(`not the same pixels: ${JSON.stringify([whole.error, disturbed.error])}`);
      }
      return [
        { bench: BENCH, what: 'undisturbed', value: secondsOf(whole), unit: 's' },
        { bench: BENCH, what: 'with one killed in mid-job, same digest', value: secondsOf(disturbed), unit: 's' },
        { bench: BENCH, what: 'tasks', value: tasks.length, unit: '' },
        { bench: BENCH, what: 'begun again', value: tasks.filter(({ attempts }) => attempts > 1).length, unit: '' },
        ...[...peaks].map(([what, value]) => ({
          ...{ bench: BENCH, what: `peak memory of the ${what}`, value, unit: 'MiB', goal: { atMost: 768 } },
        })),
      ];
    } finally {
      clearInterval(watch);
    }
  });
}

function submit(client: SiteClient, images: readonly string[]): Promise<JobDto> {
  const scenes = images.map((image) => ({ image }));
  const product = { kind: 'composite', composite: { rule: { kind: 'median-luminance' } }, scenes };
  const body = JSON.stringify({ product, reuse: false });
  const headers = { 'content-type': 'application/json' };
  return client.json<{ job: JobDto }>('/products', { method: 'POST', body, headers }).then(({ job }) => job);
}

const secondsOf = ({ timings }: JobDto): number =>
  (Date.parse(timings.finishedAt ?? '') - Date.parse(timings.createdAt)) / 1000;

/** Highest resident memory so far, of the master and of the largest executor. */
function notePeaks(cluster: Cluster, peaks: Map<string, number>): void {
  const processes = [
    ['master', cluster.master],
    ...cluster.executors.map((one) => ['executor', one] as const),
  ] as const;
  for (const [name, { pid }] of processes) peaks.set(name, Math.max(peaks.get(name) ?? 0, peakOf(pid)));
}
