import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { rasterIndexSchema, type Stretch } from '@tessera/contracts';
import {
  UNSCALED,
  computeIndex,
  indexExpression,
  mergeRange,
  observeRange,
  startRange,
  type RasterBlock,
} from '@tessera/geo';
import { median, type Measurement } from './measurement.ts';

/** Side of the raster: 67 megapixels. */
const SIDE = 8192;
/** Side of a block, as executors compute them. */
const BLOCK = 1024;
const RUNS = 3;
const REFLECTANCE = { scale: 0.0001, offset: -0.1 };

/**
 * One thread against numpy in one thread, on the same numbers: computing alone, neither reading nor writing. It is
 * processor time that is measured, of all threads of the process, so that other work on the machine counts less.
 */
export async function algebra(): Promise<readonly Measurement[]> {
  const peer = fileURLToPath(new URL('./algebra-peer.py', import.meta.url));
  const { stdout } = await promisify(execFile)('/usr/bin/python3', [peer, String(SIDE), String(RUNS)], {
    env: { PATH: '/usr/bin', OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  const numpy = JSON.parse(stdout) as Record<'ndvi' | 'evi' | 'percentiles', number>;
  const sources = blocks();
  // An executor writes one block after the other to the same memory.
  const into = new Float32Array(BLOCK * BLOCK);
  const works = {
    ndvi: () => sources.forEach((block) => compute(block, 'ndvi', into)),
    evi: () => sources.forEach((block) => compute(block, 'evi', into)),
    percentiles: percentilesOf(sources.map((block) => compute(block, 'ndvi'))),
  };
  return Object.entries(works).flatMap(([name, work]) => {
    const peerTime = numpy[name as keyof typeof works];
    const time = median(Array.from({ length: RUNS }, () => milliseconds(work)));
    const rate = SIDE ** 2 / 1e3 / time;
    const bench = `algebra, ${name}`;
    return [
      { bench, what: 'one thread', value: rate, unit: 'MP/s', goal: name === 'ndvi' ? { atLeast: 200 } : undefined },
      { bench, what: 'numpy, one thread', value: SIDE ** 2 / 1e3 / peerTime, unit: 'MP/s' },
      {
        bench,
        what: 'numpy ÷ one thread',
        value: peerTime / time,
        unit: '',
        goal: name === 'percentiles' ? undefined : { atLeast: 2 },
      },
    ];
  });
}

function milliseconds(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function compute(block: RasterBlock, index: 'ndvi' | 'evi', into?: Float32Array<ArrayBuffer>): RasterBlock {
  const expression = indexExpression(rasterIndexSchema.parse({ index }));
  const scaling = expression.needsReflectance ? REFLECTANCE : UNSCALED;
  const bands = { nir: { band: 0, scaling }, red: { band: 1, scaling }, blue: { band: 2, scaling } };
  return computeIndex(block, { expression, bands, ...(into && { into }) });
}

function percentilesOf(products: readonly RasterBlock[]): () => void {
  const stretch: Stretch = { kind: 'percentiles', low: 2, high: 98 };
  return () => {
    for (let state = startRange(stretch); state.kind === 'open';) {
      const before = state;
      const partials = products.map(({ bands: [samples], valid: [valid] }) => {
        if (samples === undefined) throw new Error('a product without a band');
        return observeRange(samples, valid, 'float32', stretch, before);
      });
      state = mergeRange(partials, 'float32', stretch, before);
    }
  };
}

/** The same samples as the peer's, cut into blocks of whole rows. */
function blocks(): readonly RasterBlock[] {
  const size = BLOCK * BLOCK;
  const band = (factor: number, modulus: number, from: number): Uint16Array<ArrayBuffer> => {
    const samples = new Uint16Array(size);
    for (let i = 0; i < size; i++) samples[i] = ((from + i) * factor) % modulus;
    return samples;
  };
  return Array.from({ length: SIDE ** 2 / size }, (_, i) => ({
    x: 0,
    y: (i * size) / SIDE,
    width: SIDE,
    height: size / SIDE,
    type: 'uint16',
    bands: [band(7919, 20_021, i * size), band(104_729, 20_011, i * size), band(611_953, 20_023, i * size)],
    valid: [undefined, undefined, undefined],
  }));
}
