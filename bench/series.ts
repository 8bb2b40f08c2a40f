import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createS3Store } from '@tessera/storage/s3';
import { S3Server } from '../tests/services/s3.ts';
import { median, type Measurement } from './measurement.ts';
import type { RasterTask } from './raster-run.ts';
import { runOurs, runPeer } from './run-raster.ts';
import { sceneFiles } from './scenes.ts';

const SERIES = [32, 216];
const SIDE = 2048;
/** Column, row, width and height: the window begins and ends within tiles. */
const WINDOW = [300, 300, 1024, 1024] as const;
const RUNS = 3;
const WINDOWS = 110;

/** The median of many scenes in one window, from files and from an S3 server to a COG, against the original's way. */
export async function series(): Promise<readonly Measurement[]> {
  const server = await S3Server.create();
  const folder = await mkdtemp(join(tmpdir(), 'tessera-bench-series-'));
  try {
    await server.start();
    const { endpoint, ...keys } = await server.provide('bench');
    const s3 = { ...keys, endpoint, forcePathStyle: true };
    const all = await sceneFiles(Math.max(...SERIES), SIDE);
    const store = createS3Store(s3);
    for (const path of all) await store.put(`scenes/${basename(path)}`, createReadStream(path));
    await store.close();
    const remote = {
      ...{ AWS_S3_ENDPOINT: new URL(endpoint).host, AWS_HTTPS: 'NO', AWS_VIRTUAL_HOSTING: 'FALSE' },
      ...{ AWS_ACCESS_KEY_ID: s3.accessKeyId, AWS_SECRET_ACCESS_KEY: s3.secretAccessKey, AWS_REGION: s3.region },
    };
    const measurements: Measurement[] = [];
    for (const scenes of SERIES) {
      const paths = all.slice(0, scenes);
      const objects = paths.map((path) => `/vsis3/${s3.bucket}/scenes/${basename(path)}`);
      measurements.push(...(await compare('files', folder, paths, { sources: paths }, {})));
      measurements.push(...(await compare('an S3 server', folder, objects, { sources: paths, s3 }, remote)));
    }
    return [...measurements, await flat(folder, all.slice(0, SERIES[0]))];
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

async function compare(
  from: string,
  folder: string,
  theirs: readonly string[],
  ours: Pick<RasterTask, 'sources' | 's3'>,
  env: Readonly<Record<string, string>>,
): Promise<readonly Measurement[]> {
  const bench = `median of ${String(theirs.length)} scenes in a window of 1024² from ${from} → COG`;
  const [out, peerOut] = [join(folder, 'ours.tif'), join(folder, 'theirs.tif')];
  const { runs, peak } = await runOurs({ ...ours, ...WORK, runs: RUNS, out });
  const peer: number[] = [];
  const ask = async (how: string): Promise<number> =>
    Number(await runPeer([how, peerOut, ...WINDOW.map(String), ...theirs], env));
  const original = await ask('listed');
  for (let run = 0; run < RUNS; run++) peer.push(await ask('median'));
  const differ = Number(await runPeer(['differ', out, peerOut]));
  if (differ !== 0) throw new Error(`${String(differ)} pixels are not those of the peer.`);
  const seconds = median(runs.map((one) => one.seconds));
  return [
    { bench, what: 'two slots', value: seconds, unit: 's' },
    { bench, what: 'rasterio and numba, lists of triplets as the original has them', value: original, unit: 's' },
    { bench, what: 'the original’s way ÷ two slots', value: original / seconds, unit: '', goal: { atLeast: 2 } },
    { bench, what: 'rasterio and numba, packed keys', value: median(peer), unit: 's' },
    { bench, what: 'packed keys ÷ two slots', value: median(peer) / seconds, unit: '', goal: { atLeast: 2 } },
    { bench, what: 'two slots, peak memory', value: peak, unit: 'MiB', goal: { atMost: 768 } },
  ];
}

/** Whether the hundredth window takes as long as the first. */
async function flat(folder: string, sources: readonly string[]): Promise<Measurement> {
  const { runs } = await runOurs({ sources, ...WORK, runs: WINDOWS, out: join(folder, 'many.tif') });
  const seconds = runs.map((run) => run.seconds);
  return {
    bench: `median of ${String(sources.length)} scenes, ${String(WINDOWS)} windows one after another`,
    what: 'the last ten ÷ the first ten',
    value: median(seconds.slice(-10)) / median(seconds.slice(0, 10)),
    unit: '',
    goal: { atMost: 1.1 },
  };
}

const WORK = { make: { kind: 'median', window: WINDOW }, compression: 'deflate' } as const;
