import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from './inputs.ts';
import { median, type Measurement } from './measurement.ts';
import { runOurs, runPeer } from './run-raster.ts';

const SIDE = 8192;
const SEED = 7;
const RUNS = 3;
/** The levels at which products are made, and the peers take the same; a picture beside the raster, or none. */
const WORKS = [
  { compression: 'deflate', level: '4', picture: false },
  { compression: 'zstd', level: '3', picture: false },
  { compression: 'deflate', level: '4', picture: true },
] as const;

/** What the peer prints of a run. */
const PEER = ['seconds', 'processor', 'peak', 'bytes', 'reading', 'computing', 'writing'] as const;
type PeerRun = Readonly<Record<(typeof PEER)[number], number>>;

/** Two bands of uint16 as they come from a satellite, from files to a COG: the engine with two slots against rasterio. */
export async function raster(): Promise<readonly Measurement[]> {
  const bands = await inputs();
  const folder = await mkdtemp(join(tmpdir(), 'tessera-bench-raster-'));
  try {
    const measurements: Measurement[] = [];
    for (const work of WORKS) measurements.push(...(await compare(folder, bands, work)));
    return measurements;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function compare(
  folder: string,
  bands: readonly [string, string],
  { compression, level, picture }: (typeof WORKS)[number],
): Promise<readonly Measurement[]> {
  const [ours, theirs, png] = [join(folder, 'ours.tif'), join(folder, 'theirs.tif'), join(folder, 'theirs.png')];
  const { runs, peak } = await runOurs({
    ...{ sources: bands, make: { kind: 'ndvi' }, compression, picture, runs: RUNS, out: ours },
  });
  const ask = async (how: 'ndvi' | 'plain'): Promise<PeerRun> => {
    const runs: number[][] = [];
    for (let run = 0; run < RUNS; run++) {
      const printed = await runPeer([how, ...bands, theirs, compression, level, picture ? png : '']);
      runs.push(printed.split(' ').map(Number));
    }
    const of = (column: number): number => median(runs.map((values) => values[column] ?? Number.NaN));
    return Object.fromEntries(PEER.map((name, column) => [name, of(column)])) as PeerRun;
  };
  const plain = await ask('plain');
  const threaded = await ask('ndvi');
  const differ = Number(await runPeer(['differ', ours, theirs]));
  if (differ !== 0) throw new Error(`${String(differ)} samples are not those of numpy.`);
  const seconds = median(runs.map((one) => one.seconds));
  const target = `float32 COG, ${compression} ${level}${picture ? ', and PNG' : ''}`;
  const bench = `NDVI of two ${String(SIDE)}² uint16 COGs → ${target}`;
  const parts = ['window', 'overview', 'cog', 'paint', 'picture'].map((kind) => ({
    ...{ bench, what: `two slots, of that: ${kind}`, unit: 's' },
    value: median(runs.map(({ stages }) => stages[kind] ?? 0)),
  }));
  const theirParts = (['reading', 'computing', 'writing'] as const).map((name) => ({
    ...{ bench, what: `rasterio, two threads of GDAL, of that: ${name}`, value: threaded[name], unit: 's' },
  }));
  return [
    { bench, what: 'two slots', value: seconds, unit: 's' },
    ...parts.filter(({ value }) => value > 0),
    { bench, what: 'rasterio and numpy, plainly', value: plain.seconds, unit: 's' },
    { bench, what: 'rasterio and numpy, two threads of GDAL', value: threaded.seconds, unit: 's' },
    ...theirParts,
    { bench, what: 'plain rasterio ÷ two slots', value: plain.seconds / seconds, unit: '', goal: { atLeast: 2 } },
    {
      ...{ bench, what: 'rasterio, two threads ÷ two slots', unit: '' },
      ...{ value: threaded.seconds / seconds, goal: { atLeast: 2 } },
    },
    { bench, what: 'two slots, processor time', value: median(runs.map((one) => one.processorSeconds)), unit: 's' },
    { bench, what: 'rasterio, two threads, processor time', value: threaded.processor, unit: 's' },
    { bench, what: 'two slots, peak memory', value: peak, unit: 'MiB', goal: { atMost: 768 } },
    { bench, what: 'rasterio, two threads, peak memory', value: threaded.peak, unit: 'MiB' },
    { bench, what: 'size, GDAL’s being 1', value: (runs[0]?.bytes ?? Number.NaN) / threaded.bytes, unit: '' },
  ];
}

/** Both bands, made once. */
async function inputs(): Promise<readonly [string, string]> {
  const name = (band: string): string => `landsat-${band}-${String(SIDE)}-${String(SEED)}.tif`;
  let other = '';
  const nir = await once(name('nir'), async (path) => {
    other = `${path}.red`;
    await runPeer(['make', other, path, String(SIDE), String(SEED)]);
  });
  const red = await once(name('red'), async (path) => {
    if (other === '') await runPeer(['make', path, `${path}.nir`, String(SIDE), String(SEED)]);
    else await rename(other, path);
    await rm(`${path}.nir`, { force: true });
  });
  return [red, nir];
}
