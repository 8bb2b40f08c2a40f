import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Plan, RasterCompression, RasterPicture, RasterSource } from '@tessera/contracts';
import { DEFAULT_NODATA, fileRange, openRaster, planProduct, UNSCALED, type ProductWish } from '@tessera/geo';
import { KERNEL_VERSION } from '@tessera/imaging';
import { createFolderStore } from '@tessera/storage/folder';
import { createS3Store, type S3StoreOptions } from '@tessera/storage/s3';
import { Engine } from '../components/executor/src/testing/engine.ts';

/** What the process of the bench is asked for, by a file of JSON. */
export interface RasterTask {
  readonly sources: readonly string[];
  /** NDVI of red and near infrared, or the median of luminance of all sources in a window. */
  readonly make:
    { readonly kind: 'ndvi' } | { readonly kind: 'median'; readonly window: readonly [number, number, number, number] };
  readonly compression: RasterCompression;
  /** Whether a picture is painted as well. */
  readonly picture?: boolean;
  readonly runs: number;
  /** Where the result is written. */
  readonly out: string;
  /** The object store that holds sources and result; default: a folder. */
  readonly s3?: S3StoreOptions;
}

/** What one run took. */
export interface RasterRun {
  readonly seconds: number;
  /** Of all threads. */
  readonly processorSeconds: number;
  readonly bytes: number;
  /** Seconds of each stage, by its kind; several stages of one kind are one. */
  readonly stages: Readonly<Record<string, number>>;
}

/** What the process of the bench prints. */
export interface RasterRuns {
  readonly runs: readonly RasterRun[];
  /** Highest resident memory of the process, in MiB. */
  readonly peak: number;
}

const GREYS: RasterPicture = {
  ...{ kind: 'band', band: 0, palette: 'greys', stretch: { kind: 'fixed', low: -1, high: 1 } },
};
const MEDIAN = { rule: { kind: 'median-luminance', mode: 'exact' }, nodata: 0 } as const;

// A process of its own, so that its peak is that of the work: node raster-run.ts TASK
const task = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')) as RasterTask;
// Peers do not wait for their files to lie on the disk, so a folder does not either.
const folder = await mkdtemp(join(tmpdir(), 'tessera-bench-objects-'));
const engine = await Engine.start(
  task.s3 ? createS3Store(task.s3) : createFolderStore({ root: folder, durable: false }),
);
try {
  const sources: RasterSource[] = [];
  for (const path of task.sources) sources.push(await store(path));
  const body = new TextEncoder().encode(JSON.stringify({ v: 1, sources }));
  const { key } = await engine.objects.put(`uploads/${randomUUID()}`, body);
  const sha256 = createHash('sha256').update(body).digest('hex');
  const image = { id: 'bench', key, bytes: body.length, sha256, format: 'rasters' as const };
  const plan = await planOf(task);
  const results: RasterRun[] = [];
  // The first run compiles.
  for (let run = 0; run <= task.runs; run++) {
    const [start, before] = [performance.now(), process.cpuUsage()];
    const begun: number[] = [];
    const begin = (indexes: readonly number[]): readonly number[] => {
      begun.push(performance.now());
      return indexes;
    };
    const result = await engine.run(image, plan, begin, 2);
    const end = performance.now();
    const seconds = (end - start) / 1000;
    const stages: Record<string, number> = {};
    for (const [n, { kind }] of plan.stages.entries())
      stages[kind] = (stages[kind] ?? 0) + ((begun[n + 1] ?? end) - (begun[n] ?? end)) / 1000;
    const { user, system } = process.cpuUsage(before);
    if (run > 0) results.push({ seconds, processorSeconds: (user + system) / 1e6, bytes: result.bytes, stages });
    if (run === task.runs) await writeFile(task.out, await engine.objects.get(result.key));
  }
  const peak = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ runs: results, peak } satisfies RasterRuns));
} finally {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
}

async function store(path: string): Promise<RasterSource> {
  const { size } = await stat(path);
  const { key } = await engine.objects.put(`uploads/${randomUUID()}`, createReadStream(path));
  return { name: basename(path), at: { key, bytes: size } };
}

async function planOf({ sources, make, compression, picture }: RasterTask): Promise<Plan> {
  const file = await open(sources[0] ?? '');
  const { facts } = await openRaster(await fileRange(file));
  await file.close();
  const { width, height, epsg, transform } = facts;
  const wish = { sources: sources.length, compression, overviews: 'average', kernel: KERNEL_VERSION } as const;
  if (make.kind === 'median') {
    const [x, y, ...size] = make.window;
    return planProduct({
      ...wish,
      compute: { kind: 'composite', bands: [0, 1, 2], composite: MEDIAN },
      target: {
        ...{ type: 'uint8', bands: [{ name: null }, { name: null }, { name: null }], nodata: 0 },
        ...{ epsg, transform, origin: { x, y } },
      },
      size: { width: size[0], height: size[1] },
    });
  }
  const band = (source: number) => ({ source, band: 0, scaling: UNSCALED });
  return planProduct({
    ...wish,
    compute: { kind: 'index', index: { index: 'ndvi', params: {} }, inputs: { red: band(0), nir: band(1) } },
    target: {
      ...{ type: 'float32', bands: [{ name: 'NDVI' }], nodata: DEFAULT_NODATA },
      ...{ epsg, transform, origin: { x: 0, y: 0 } },
    },
    size: { width, height },
    ...(picture === true && { picture: GREYS }),
  } satisfies ProductWish);
}
