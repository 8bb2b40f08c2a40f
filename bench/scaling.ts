import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { SiteClient } from '../tests/cluster/site-client.ts';
import type { Cluster } from '../tests/cluster/cluster.ts';
import { heavyImage, heavyImageWithRestarts, smallImage } from './inputs.ts';
import { LimitedExecutors } from './limited-executors.ts';
import type { Measurement } from './measurement.ts';
import { drawScaling, type ScalingLine } from './scaling-plot.ts';
import { withCluster } from './servers.ts';

interface Series {
  readonly executors: readonly number[];
  /** Share of a core that each executor gets. */
  readonly share: number;
}

/** With eight executors all of two cores. */
const QUARTERS: Series = { executors: [1, 2, 4, 8], share: 0.25 };
/** With eight executors one core: the other is left to the servers. */
const EIGHTHS: Series = { executors: [1, 8], share: 0.125 };
const GOALS: Readonly<Record<number, number>> = { 4: 0.9, 8: 0.8 };
const SMALL_IMAGES = 64;

const plot = fileURLToPath(new URL('../docs/images/scaling.svg', import.meta.url));

interface Work {
  readonly name: string;
  /** Seconds that it takes. */
  readonly run: (client: SiteClient) => Promise<number>;
}

async function heavyJob(client: SiteClient, path: string, passes: number): Promise<number> {
  const image = await client.upload(new Blob([await readFile(path)]));
  const pipeline = Array.from({ length: passes }, () => ({ op: 'median', params: { ksize: 7 } }));
  const { id } = await client.submit(image, { pipeline, output: { format: 'jpeg', quality: 85 }, split: 'always' });
  const { state, timings, error } = await client.ended(id, 900_000);
  if (state !== 'done') throw new Error(`the job ended as ${state}: ${JSON.stringify(error)}`);
  await tellTasks(client, id);
  return (Date.parse(timings.finishedAt ?? '') - Date.parse(timings.createdAt)) / 1000;
}

/** How long the tasks of each stage took: what is serial, and how even the rest is. */
async function tellTasks(client: SiteClient, id: string): Promise<void> {
  const kinds = Map.groupBy(await client.tasks(id), ({ kind }) => kind);
  for (const [kind, tasks] of kinds) {
    const seconds = tasks.map(({ milliseconds }) => (milliseconds ?? Number.NaN) / 1000);
    const mean = seconds.reduce((sum, each) => sum + each, 0) / seconds.length;
    const [least, most] = [Math.min(...seconds), Math.max(...seconds)];
    const spread = `${least.toFixed(2)} to ${most.toFixed(2)} s, ${mean.toFixed(2)} s on average`;
    process.stderr.write(`  ${kind}: ${String(tasks.length)} tasks of ${spread}\n`);
  }
}

async function smallJobs(client: SiteClient): Promise<number> {
  const image = await client.upload(await readFile(smallImage()), 'small.png');
  const started = performance.now();
  const jobs = await Promise.all(
    Array.from({ length: SMALL_IMAGES }, () =>
      client.submit(image, { pipeline: [{ op: 'gaussian-blur' }], output: { format: 'png' } }),
    ),
  );
  for (const { id } of jobs) await client.ended(id, 300_000);
  return (performance.now() - started) / 1000;
}

async function works(): Promise<readonly Work[]> {
  const [restarts, plain] = [await heavyImageWithRestarts(12_000), await heavyImage(12_000)];
  return [
    { name: '144 megapixels, four medians, JPEG with restart markers', run: (client) => heavyJob(client, restarts, 4) },
    { name: '144 megapixels, one median, JPEG with restart markers', run: (client) => heavyJob(client, restarts, 1) },
    { name: '144 megapixels, one median, JPEG without', run: (client) => heavyJob(client, plain, 1) },
    { name: `${String(SMALL_IMAGES)} images of 512 × 512, gaussian-blur`, run: smallJobs },
  ];
}

interface Processors {
  /** Seconds of executors, and of everything on this machine. */
  readonly executors: number;
  readonly all: number;
}

async function processors(executors: LimitedExecutors): Promise<Processors> {
  const busy = cpus().map(({ times: { user, nice, sys, irq } }) => user + nice + sys + irq);
  return { executors: await executors.processorSeconds(), all: busy.reduce((sum, each) => sum + each) / 1000 };
}

/** Times works on each number of executors. */
async function measure(
  { executors: counts, share }: Series,
  works: readonly Work[],
  { cluster, executors }: { readonly cluster: Cluster; readonly executors: LimitedExecutors },
): Promise<readonly MeasuredLine[]> {
  const path = await heavyImageWithRestarts(12_000);
  const lines = works.map(({ name, run }) => ({
    ...{ name, run, executors: counts, share },
    ...{ seconds: [] as number[], processors: [] as Processors[] },
  }));
  for (const count of counts) {
    await executors.start(cluster, count, share);
    const client = new SiteClient(cluster.url);
    // Warm decoders and kernels, on all executors.
    await heavyJob(client, path, 1);
    await smallJobs(client);
    for (const line of lines) {
      const before = await processors(executors);
      const seconds = await line.run(client);
      const after = await processors(executors);
      const [own, all] = [after.executors - before.executors, after.all - before.all];
      line.seconds.push(seconds);
      line.processors.push({ executors: own, all });
      process.stderr.write(
        `${String(count)} executors: ${line.name}: ${seconds.toFixed(1)} s, of processors ${own.toFixed(1)} s in ` +
          `executors (${(own / seconds / count / share).toFixed(2)} of their share), ${(all - own).toFixed(1)} s in all else\n`,
      );
    }
    await executors.end();
    await cluster.waitForNoExecutors();
  }
  return lines;
}

interface MeasuredLine extends ScalingLine {
  readonly share: number;
  readonly processors: readonly Processors[];
}

async function measureOnCluster(series: Series, works: readonly Work[]): Promise<readonly MeasuredLine[]> {
  const executors = await LimitedExecutors.create();
  try {
    return await withCluster({ executors: 0, slots: 1 }, (cluster) => measure(series, works, { cluster, executors }));
  } finally {
    await executors.close();
  }
}

/** Speed-up with the number of executors, each in a container with a quarter of a core. Draws docs/images/scaling.svg. */
export async function scaling(): Promise<readonly Measurement[]> {
  const lines = await measureOnCluster(QUARTERS, await works());
  await writeFile(plot, drawScaling(lines, QUARTERS.share));
  return lines.flatMap(tell);
}

/** The compute-heavy job of `scaling`, with executors so narrow that eight of them leave the servers a core. */
export async function scalingOfEighths(): Promise<readonly Measurement[]> {
  return (await measureOnCluster(EIGHTHS, (await works()).slice(0, 1))).flatMap(tell);
}

function tell({ name, executors, share, seconds, processors }: MeasuredLine): Measurement[] {
  const bench = `${name}; ${String(share)} cores each`;
  const first = seconds[0] ?? Number.NaN;
  return executors.flatMap((count, index) => {
    const time = seconds[index] ?? Number.NaN;
    const goal = name.includes('four medians') ? GOALS[count] : undefined;
    const efficiency = { bench, what: `${String(count)} executors, efficiency`, value: first / time / count, unit: '' };
    const { executors: own, all } = processors[index] ?? { executors: Number.NaN, all: Number.NaN };
    const what = `${String(count)} executors, processor time`;
    return [
      { bench, what: `${String(count)} executors`, value: time, unit: 's' },
      { bench, what: `${what} of theirs`, value: own, unit: 's' },
      { bench, what: `${what} of all else`, value: all - own, unit: 's' },
      { ...efficiency, goal: goal === undefined ? undefined : { atLeast: goal } },
    ];
  });
}
