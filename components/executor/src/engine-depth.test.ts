import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { stripFormat } from '@tessera/codec';
import {
  pipelineSchema,
  type InputFormat,
  type OtherPicture,
  type OutputFormat,
  type Picture,
} from '@tessera/contracts';
import {
  bytesOf,
  createRaster,
  DEFAULT_PLAN_LIMITS,
  planJob,
  resolveOutput,
  toShallow,
  wholeOf,
  type PlanOptions,
  type Raster,
  type Samples,
} from '@tessera/imaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from './testing/engine.ts';

let engine: Engine;
let folder: string;
beforeAll(async () => {
  engine = await Engine.start();
  folder = await mkdtemp(join(tmpdir(), 'tessera-deep-'));
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true });
});

const OPTIONS: PlanOptions = { split: 'always', verify: true, input: 'png', slots: 2 };
/** One below, at and above the sides of digest blocks and of TIFF tiles, and bands of as many rows. */
const SIZES = [
  [1, 1],
  [511, 15],
  [512, 16],
  [513, 17],
  [1025, 80],
] as const;

function noise(width: number, height: number, channels: number, depth: 8 | 16 = 16): Raster<Samples> {
  const raster = createRaster(width, height, channels, depth);
  let state = width * channels + height;
  for (let at = 0; at < raster.data.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    raster.data[at] = state >>> 16;
  }
  return raster;
}

const factsOf = ({ width, height, channels, data }: Raster<Samples>): Picture => ({
  ...{ width, height, channels },
  ...(data instanceof Uint16Array && { depth: 16 }),
});

/** A file of one strip: those of more are what is tested. */
async function fileOf(raster: Raster<Samples>, format: 'png' | 'tiff'): Promise<Uint8Array> {
  const output = resolveOutput({ format }, factsOf(raster));
  const { encode, assemble } = stripFormat(format);
  const region = wholeOf(raster);
  const strip = await encode(raster, { region, index: 0, count: 1, grid: region }, output);
  const segments = assemble([strip.facts], region, output);
  return Buffer.concat(segments.map((segment) => (segment instanceof Uint8Array ? segment : strip.bytes)));
}

const digestOf = ({ data }: Raster<Samples>): string => createHash('sha256').update(bytesOf(data)).digest('hex');

/** SHA-256 of the samples of finished files as GDAL reads them. */
async function seenByGdal(keys: readonly string[]): Promise<readonly string[]> {
  const script = fileURLToPath(new URL('../../../packages/codec/src/strip/oracles.py', import.meta.url));
  const paths = await Promise.all(
    keys.map(async (key, n) => {
      const path = join(folder, `${String(n)}-${key.replaceAll('/', '-')}`);
      await writeFile(path, await buffer(await engine.objects.get(key)));
      return path;
    }),
  );
  const python = promisify(execFile)('/usr/bin/python3', [script]);
  python.child.stdin?.end(paths.join('\n'));
  const { stdout } = await python;
  return stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { sha256: string }).sha256);
}

/** Rows from bottom to top. */
function upsideDown(raster: Raster<Samples>): Raster<Samples> {
  const turned = createRaster(raster.width, raster.height, raster.channels, 16);
  const row = raster.width * raster.channels;
  for (let y = 0; y < raster.height; y++) {
    turned.data.set(raster.data.subarray(y * row, (y + 1) * row), (raster.height - 1 - y) * row);
  }
  return turned;
}

/** Splits, compares with the unsplit run, and gives the finished file's facts. */
async function run(
  source: Uint8Array,
  input: InputFormat,
  facts: Picture,
  ops: object[],
  format: OutputFormat,
  least = {},
) {
  const image = await engine.store(source, input);
  const limits = { ...DEFAULT_PLAN_LIMITS, regionPixels: { least: 513 * 32, most: 513 * 32 }, ...least };
  const plan = planJob(facts, pipelineSchema.parse(ops), { format }, { ...OPTIONS, input }, limits);
  const result = await engine.run(image, plan);
  expect(result.verified).toBe(true);
  return { ...result, kinds: plan.stages.map(({ kind }) => kind) };
}

describe('a split job over a picture of 16 bits', () => {
  it.each(['png', 'tiff'] as const)(
    'writes the %s that GDAL reads every bit of, as the unsplit run',
    async (format) => {
      const cases = SIZES.flatMap(([width, height], n) =>
        [1, 2, 3, 4]
          .filter((channels) => n % 2 === 0 || channels === 1 + (n >> 1))
          .map((channels) => noise(width, height, channels)),
      );
      const keys: string[] = [];
      for (const raster of cases) {
        const result = await run(await fileOf(raster, format), format, factsOf(raster), [{ op: 'flip' }], format);
        expect(result).toMatchObject({ depth: 16, channels: raster.channels });
        keys.push(result.key);
      }
      expect(await seenByGdal(keys)).toEqual(cases.map((raster) => digestOf(upsideDown(raster))));
    },
  );

  it('keeps them between stages', async () => {
    const raster = noise(300, 170, 3);
    const ops = [{ op: 'gaussian-blur' }, { op: 'rotate', params: { angle: 33 } }, { op: 'flop' }];
    const source = await fileOf(raster, 'tiff');
    const result = await run(source, 'tiff', factsOf(raster), ops, 'png', { unsplitPixels: 24_000 });
    expect(result.kinds).toContain('materialize');
    expect(result.depth).toBe(16);
  });

  it('reads other pictures of 8 bits as bright as they are, and keeps their upper bits where it works in 8', async () => {
    const [shallow, deep] = [noise(90, 70, 3, 8), noise(90, 70, 3)];
    const pipeline = pipelineSchema.parse([{ op: 'blend', params: { image: 'other', mode: 'normal', opacity: 1 } }]);
    const layOver = async (raster: Raster<Samples>, other: Raster<Samples>): Promise<string> => {
      const stored = await engine.store(await fileOf(other, 'png'), 'png');
      const others: OtherPicture[] = [{ ...stored, ...factsOf(other), name: 'other' }];
      const image = await engine.store(await fileOf(raster, 'png'), 'png');
      const plan = planJob(factsOf(raster), pipeline, { format: 'png' }, OPTIONS);
      return (await engine.run(image, { ...plan, others })).key;
    };
    const widened = { ...deep, data: Uint16Array.from(shallow.data, (level) => level * 257) };
    const keys = [await layOver(deep, shallow), await layOver(shallow, deep)];
    expect(await seenByGdal(keys)).toEqual([digestOf(widened), digestOf(toShallow(deep))]);
  });

  it('keeps the upper 8 bits in files that hold no more, and at once where that is asked for', async () => {
    const raster = noise(300, 90, 3);
    const source = await fileOf(raster, 'png');
    expect(await run(source, 'png', factsOf(raster), [], 'jpeg')).not.toHaveProperty('depth');
    const image = await engine.store(source, 'png');
    const plan = planJob(factsOf(raster), pipelineSchema.parse([]), { format: 'png', depth: 8 }, OPTIONS);
    expect(await seenByGdal([(await engine.run(image, plan)).key])).toEqual([digestOf(toShallow(raster))]);
  });
});
