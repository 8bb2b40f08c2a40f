import { execFileSync } from 'node:child_process';
import { openAsBlob } from 'node:fs';
import { SiteClient } from '../tests/cluster/site-client.ts';
import { heavyImage } from './inputs.ts';
import type { Measurement } from './measurement.ts';
import { peakOf } from './peak-of.ts';
import { withCluster } from './servers.ts';

const GOAL = { atMost: 768 };

function childrenOf(pid: number): readonly number[] {
  try {
    return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean)
      .map(Number);
  } catch {
    return [];
  }
}

/** 400 megapixels, blurred to PNG: the highest resident memory of each process on the way. */
export async function memory(): Promise<readonly Measurement[]> {
  const path = await heavyImage(20_000);
  return withCluster({ executors: 1, slots: 2 }, async (cluster) => {
    const [executor] = cluster.executors;
    if (!executor) throw new Error('no executor');
    let children = 0;
    const watch = setInterval(() => {
      for (const parent of [executor.pid, cluster.master.pid]) {
        for (const child of childrenOf(parent)) children = Math.max(children, peakOf(child));
      }
    }, 50);
    const client = new SiteClient(cluster.url);
    const { id } = await client.submit(await client.upload(await openAsBlob(path)), {
      pipeline: [{ op: 'gaussian-blur' }],
      output: { format: 'png' },
    });
    const job = await client.ended(id, 600_000);
    clearInterval(watch);
    if (job.state !== 'done') throw new Error(`the job ended as ${job.state}: ${JSON.stringify(job.error)}`);
    const bench = '400 megapixels, gaussian-blur → PNG';
    const seconds = (Date.parse(job.timings.finishedAt ?? '') - Date.parse(job.timings.createdAt)) / 1000;
    return [
      { bench, what: 'time', value: seconds, unit: 's' },
      { bench, what: 'peak of the master', value: peakOf(cluster.master.pid), unit: 'MiB', goal: GOAL },
      { bench, what: 'peak of the executor', value: peakOf(executor.pid), unit: 'MiB', goal: GOAL },
      { bench, what: 'peak of a decoding child', value: children, unit: 'MiB', goal: GOAL },
    ];
  });
}
