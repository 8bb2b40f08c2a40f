import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from './inputs.ts';
import { median, type Measurement } from './measurement.ts';
import { runOurs, runPeer } from './run-raster.ts';

const SIDE = 8192;
const SEED = 7;
const RUNS = 3;
/** The levels at which products are made; the peer takes the same. */
const COMPRESSIONS = [
  ['deflate', '4'],
  ['zstd', '3'],
] as const;

/** Two bands of uint16 as they come from a satellite, from files to a COG: the engine with two slots against rasterio. */
export async function raster(): Promise<readonly Measurement[]> {
  const [red, nir] = await inputs();
  const folder = await mkdtemp(join(tmpdir(), 'tessera-bench-raster-'));
  const [ours, theirs] = [join(folder, 'ours.tif'), join(folder, 'theirs.tif')];
  const measurements: Measurement[] = [];
  try {
    for (const [compression, level] of COMPRESSIONS) {
      const { runs, peak } = await runOurs({
        ...{ sources: [red, nir], make: { kind: 'ndvi' }, compression, runs: RUNS, out: ours },
      });
      const peer: number[][] = [];
      for (let n = 0; n < RUNS; n++) {
        peer.push((await runPeer(['ndvi', red, nir, theirs, compression, level])).split(' ').map(Number));
      }
      const differ = Number(await runPeer(['differ', ours, theirs]));
      if (differ !== 0) throw new Error(`${String(differ)} samples are not those of numpy.`);
      const of = (column: number): number => median(peer.map((values) => values[column] ?? Number.NaN));
      const seconds = median(runs.map((one) => one.seconds));
      const processor = median(runs.map(({ processorSeconds }) => processorSeconds));
      const bench = `NDVI of two ${String(SIDE)}² uint16 COGs → float32 COG, ${compression} ${level}`;
      measurements.push(
        { bench, what: 'two slots', value: seconds, unit: 's' },
        { bench, what: 'rasterio and numpy, two threads of GDAL', value: of(0), unit: 's' },
        { bench, what: 'rasterio ÷ two slots', value: of(0) / seconds, unit: '', goal: { atLeast: 2 } },
        { bench, what: 'two slots, processor time', value: processor, unit: 's' },
        { bench, what: 'rasterio, processor time', value: of(1), unit: 's' },
        { bench, what: 'two slots, peak memory', value: peak, unit: 'MiB', goal: { atMost: 768 } },
        { bench, what: 'rasterio, peak memory', value: of(2), unit: 'MiB' },
        { bench, what: 'size, GDAL’s being 1', value: (runs[0]?.bytes ?? Number.NaN) / of(3), unit: '' },
      );
    }
    return measurements;
  } finally {
    await rm(folder, { recursive: true });
  }
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
