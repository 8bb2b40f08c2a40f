import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SampleType } from '@tessera/contracts';
import { SAMPLE_TYPES, type Samples } from '../raster/sample-type.ts';

export interface OracleCase {
  /** `landsat`, or a type of samples: every pair of its remarkable values, and noise. */
  readonly input: 'landsat' | SampleType;
  readonly text: string;
  readonly constants?: Readonly<Record<string, number>>;
  readonly scale?: number;
  readonly offset?: number;
  /** Numpy's own exponentials and logarithms of single precision, not those of double precision rounded. */
  readonly own?: boolean;
}

export interface OracleAnswer {
  readonly case: OracleCase;
  readonly type: SampleType;
  readonly bands: Readonly<Record<string, Samples>>;
  readonly wanted: Float32Array<ArrayBuffer>;
}

export const LANDSAT = fileURLToPath(new URL('../../../../fixtures/landsat/bands.tif', import.meta.url));
const BANDS = ['blue', 'green', 'red', 'nir', 'swir1'];

/** Asks numpy, and rasterio for the bands of Landsat. */
export async function askNumpy(cases: readonly OracleCase[]): Promise<readonly OracleAnswer[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-numpy-'));
  try {
    const types = [...new Set(cases.map(({ input }) => input))].filter((input) => input !== 'landsat');
    const filled = cases.map((one) => ({ constants: {}, scale: 1, offset: 0, own: false, ...one }));
    await runPython('numpy-oracle.py', folder, { raster: LANDSAT, types, cases: filled });
    const read = async (name: string, type: SampleType): Promise<Samples> => {
      const bytes = await readFile(join(folder, `${name}.raw`));
      return SAMPLE_TYPES[type].samples(new Uint8Array(bytes).buffer);
    };
    return await Promise.all(
      cases.map(async (one, index) => {
        const type = one.input === 'landsat' ? 'uint16' : one.input;
        const names = one.input === 'landsat' ? BANDS : ['nir', 'red', 'blue'];
        const entries = names.map(async (name) => [name, await read(`${one.input}.${name}`, type)] as const);
        const wanted = (await read(String(index), 'float32')) as Float32Array<ArrayBuffer>;
        return { case: one, type, bands: Object.fromEntries(await Promise.all(entries)), wanted };
      }),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Runs a script of this folder by Debian's Python, in a folder, with a request on its standard input. */
export async function runPython(script: string, cwd: string, request: unknown): Promise<void> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const python = spawn('/usr/bin/python3', [path], { cwd, stdio: ['pipe', 'inherit', 'inherit'] });
  python.stdin.end(JSON.stringify(request));
  const [code] = (await once(python, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${script} ended with ${String(code)}`);
}
