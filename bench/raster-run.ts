import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { BandRef, RasterCompression, RasterSource } from '@tessera/contracts';
import { DEFAULT_NODATA, fileRange, openRaster, planProduct, UNSCALED } from '@tessera/geo';
import { KERNEL_VERSION } from '@tessera/imaging';
import { Engine } from '../components/executor/src/testing/engine.ts';

/** What one run took. */
export interface RasterRun {
  readonly seconds: number;
  /** Of all threads. */
  readonly processorSeconds: number;
  readonly bytes: number;
}

/** What the process of the bench prints. */
export interface RasterRuns {
  readonly runs: readonly RasterRun[];
  /** Highest resident memory of the process, in MiB. */
  readonly peak: number;
}

// A process of its own, so that its peak is that of the work: node raster-run.ts RED NIR OUT COMPRESSION RUNS
const [red = '', nir = '', out = '', compression = 'deflate', runs = '1'] = process.argv.slice(2);
const engine = await Engine.start();
try {
  const sources = [await store(nir), await store(red)];
  const body = new TextEncoder().encode(JSON.stringify({ v: 1, sources }));
  const { key } = await engine.objects.put(`uploads/${randomUUID()}`, body);
  const sha256 = createHash('sha256').update(body).digest('hex');
  const image = { id: 'bench', key, bytes: body.length, sha256, format: 'rasters' as const };
  const plan = await planOf(compression as RasterCompression);
  const results: RasterRun[] = [];
  // The first run compiles.
  for (let run = 0; run <= Number(runs); run++) {
    const [start, before] = [performance.now(), process.cpuUsage()];
    const result = await engine.run(image, plan, undefined, 2);
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(before);
    if (run > 0) results.push({ seconds, processorSeconds: (user + system) / 1e6, bytes: result.bytes });
    if (run === Number(runs)) await writeFile(out, await engine.objects.get(result.key));
  }
  const peak = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ runs: results, peak } satisfies RasterRuns));
} finally {
  await engine.close();
}

async function store(path: string): Promise<RasterSource> {
  const { size } = await stat(path);
  const { key } = await engine.objects.put(`uploads/${randomUUID()}`, createReadStream(path));
  return { name: basename(path), at: { key, bytes: size } };
}

async function planOf(kind: RasterCompression) {
  const file = await open(red);
  const { facts } = await openRaster(await fileRange(file));
  await file.close();
  const { width, height, epsg, transform } = facts;
  const band = (source: number): BandRef => ({ source, band: 0, scaling: UNSCALED });
  return planProduct({
    compute: { kind: 'index', index: { index: 'ndvi', params: {} }, inputs: { nir: band(0), red: band(1) } },
    target: {
      ...{ type: 'float32', bands: [{ name: 'NDVI' }], nodata: DEFAULT_NODATA },
      ...{ epsg, transform, origin: { x: 0, y: 0 } },
    },
    size: { width, height },
    sources: 2,
    compression: kind,
    overviews: 'average',
    kernel: KERNEL_VERSION,
  });
}
