import { readFile } from 'node:fs/promises';
import { SiteClient } from '../tests/cluster/site-client.ts';
import { smallImage } from './inputs.ts';
import { median, type Measurement } from './measurement.ts';
import { runSharp } from './run-sharp.ts';
import { withCluster } from './servers.ts';

const RUNS = 30;

/** From the first byte of the upload to the last of the result, by events instead of by asking. */
async function once(client: SiteClient, file: Blob): Promise<number> {
  const started = performance.now();
  const { id } = await client.submit(await client.upload(file), {
    pipeline: [{ op: 'gaussian-blur' }],
    output: { format: 'png' },
  });
  await client.watchUntilDone(id);
  await client.result(id);
  return performance.now() - started;
}

/** What the machinery costs a light image: upload to result of 512 × 512 pixels, over sharp's own time. */
export async function latency(): Promise<readonly Measurement[]> {
  const path = smallImage();
  const peers: number[] = [];
  const peer = await runSharp({
    work: 'blur-png-small',
    threads: 1,
    parallel: 1,
    paths: Array<string>(RUNS).fill(path),
  });
  peers.push(peer.milliseconds / RUNS);
  const times = await withCluster({ executors: 1, slots: 2 }, async (cluster) => {
    const client = new SiteClient(cluster.url);
    const file = new Blob([await readFile(path)]);
    for (let warm = 0; warm < 5; warm++) await once(client, file);
    const seen: number[] = [];
    for (let run = 0; run < RUNS; run++) seen.push(await once(client, file));
    return seen;
  });
  const bench = '512 × 512 PNG, gaussian-blur → PNG';
  return [
    { bench, what: 'upload to result, median', value: median(times), unit: 'ms' },
    { bench, what: 'sharp alone', value: median(peers), unit: 'ms' },
    { bench, what: 'on top of sharp', value: median(times) - median(peers), unit: 'ms' },
  ];
}
