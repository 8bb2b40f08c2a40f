import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { assembleCog, encodePiece, planCog, planPieces, SAMPLE_TYPES } from '@tessera/geo';
import { median, type Measurement } from './measurement.ts';

const PEER = fileURLToPath(new URL('./cog-peer.py', import.meta.url));
const SIDE = 4096;
const RUNS = 3;
const NODATA = { float32: -9999, uint16: 0 } as const;
const COMPRESSIONS = [
  ['deflate', 6],
  ['zstd', 9],
  ['zstd', 1],
] as const;

interface Written {
  /** Of CPU time. */
  readonly seconds: number;
  readonly bytes: number;
}

/** How fast one thread makes whole COGs, overviews included, by us and by GDAL's driver, in CPU time. */
export async function cog(): Promise<readonly Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-bench-cog-'));
  try {
    await peer('make', folder, String(SIDE));
    const measurements: Measurement[] = [];
    for (const type of ['float32', 'uint16'] as const) {
      for (const [compression, level] of COMPRESSIONS) {
        const ours: Written[] = [];
        const theirs: Written[] = [];
        for (let run = 0; run < RUNS; run++) {
          ours.push(await write(join(folder, type), type, compression, level));
          const told = await peer('write', join(folder, type), type, String(SIDE), compression, String(level));
          const [seconds = NaN, bytes = NaN] = told.split(' ').map(Number);
          theirs.push({ seconds, bytes });
        }
        measurements.push(...compared(`${type}, ${compression} ${String(level)}`, ours, theirs));
      }
    }
    return measurements;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function compared(what: string, ours: readonly Written[], theirs: readonly Written[]): Measurement[] {
  const rate = (runs: readonly Written[]) => SIDE ** 2 / 1e6 / median(runs.map(({ seconds }) => seconds));
  const size = (runs: readonly Written[]) => median(runs.map(({ bytes }) => bytes));
  return [
    { bench: 'cog', what: `${what}: Tessera`, value: rate(ours), unit: 'megapixels/s' },
    { bench: 'cog', what: `${what}: GDAL`, value: rate(theirs), unit: 'megapixels/s' },
    { bench: 'cog', what: `${what}: size, GDAL's being 1`, value: size(ours) / size(theirs), unit: '' },
  ];
}

async function write(
  path: string,
  type: 'float32' | 'uint16',
  compression: 'deflate' | 'zstd',
  level: number,
): Promise<Written> {
  const samples = SAMPLE_TYPES[type].samples(new Uint8Array(await readFile(path)).buffer);
  const size = { width: SIDE, height: SIDE };
  const layout = planCog({ ...size, type, bands: 1, compression, level, nodata: NODATA[type] });
  const begin = process.cpuUsage();
  const [region] = planPieces(layout, Infinity)[0]?.regions ?? [];
  if (region === undefined) throw new Error('Nothing was planned.');
  const piece = await encodePiece(layout, region, { ...region, type, bands: [samples], valid: [undefined] });
  const { bytes } = assembleCog(layout, [piece]);
  const { user, system } = process.cpuUsage(begin);
  return { seconds: (user + system) / 1e6, bytes };
}

async function peer(...args: readonly string[]): Promise<string> {
  return (await promisify(execFile)('/usr/bin/python3', [PEER, ...args])).stdout;
}
