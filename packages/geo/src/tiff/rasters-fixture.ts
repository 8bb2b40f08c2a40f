import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BandFacts, Nodata, RasterFacts, SampleType } from '@tessera/contracts';
import type { RasterBlock } from '../raster/raster-block.ts';
import { SAMPLE_TYPES, type Samples } from '../raster/sample-type.ts';
import { viewSamples } from './decode/view-samples.ts';

const run = promisify(execFile);

/** What rasterio says of a file. */
export interface RasterTruth {
  readonly name: string;
  /** Name of the file, with its ending. */
  readonly file: string;
  readonly type: SampleType;
  readonly bands: readonly BandFacts[];
  readonly nodata: Nodata | null;
  readonly mask: RasterFacts['mask'];
  readonly epsg: number | null;
  readonly transform: readonly number[] | null;
  /** Height and width. */
  readonly block: readonly [number, number];
  readonly tiled: boolean;
  /** Width and height. */
  readonly levels: readonly (readonly [number, number])[];
}

export interface RasterFolder {
  readonly files: readonly RasterTruth[];
  path(name: string): string;
  /** Whole levels as rasterio reads them; all samples have a flag. */
  truth(file: RasterTruth): Promise<readonly RasterBlock[]>;
  remove(): Promise<void>;
}

/** Has GDAL write GeoTIFFs of some parts of all kinds (see `rasters.py`), and rasterio read them, in one process. */
export async function makeRasters(parts: readonly string[]): Promise<RasterFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-rasters-'));
  const script = fileURLToPath(new URL('./rasters.py', import.meta.url));
  const photo = fileURLToPath(new URL('../../../../fixtures/landsat/red-green-blue.tif', import.meta.url));
  await run('/usr/bin/python3', ['-W', 'ignore', script, photo, folder, ...parts]);
  const files = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')) as readonly RasterTruth[];
  return {
    files,
    path: (name) => join(folder, files.find((file) => file.name === name)?.file ?? name),
    truth: async (file) => blocksOf(file, await readFile(join(folder, `${file.name}.raw`))),
    remove: () => rm(folder, { recursive: true }),
  };
}

function blocksOf({ type, bands, levels }: RasterTruth, raw: Uint8Array): readonly RasterBlock[] {
  let at = 0;
  const take = (bytes: number): Uint8Array => new Uint8Array(raw.subarray(at, (at += bytes)));
  const size = SAMPLE_TYPES[type].bytes;
  return levels.map(([width, height]) => ({
    ...{ x: 0, y: 0, width, height, type },
    bands: bands.map(() => viewSamples(take(width * height * size), type)),
    valid: bands.map(() => new Uint8Array(take(width * height))),
  }));
}

/** Cuts a window out of a block. */
export function cut(block: RasterBlock, window: { x: number; y: number; width: number; height: number }): RasterBlock {
  const { x, y, width, height } = window;
  const cutOne = <Kind extends Samples>(samples: Kind): Kind => {
    const out = samples.slice(0, width * height) as Kind;
    for (let row = 0; row < height; row += 1) {
      const from = (y - block.y + row) * block.width + x - block.x;
      out.set(samples.subarray(from, from + width), row * width);
    }
    return out;
  };
  return {
    ...block,
    ...window,
    bands: block.bands.map(cutOne),
    valid: block.valid.map((flags) => flags && cutOne(flags)),
  };
}

/** Where two blocks differ first, in a line; `undefined` where they are the same, bit for bit. */
export function difference(read: RasterBlock, truth: RasterBlock): string | undefined {
  for (const [band, samples] of truth.bands.entries()) {
    const found = samplesDiffer(read.bands[band], samples);
    if (found !== undefined) return `band ${band}: ${found}`;
    const flags = read.valid[band] ?? new Uint8Array(samples.length).fill(1);
    const invalid = samplesDiffer(flags, truth.valid[band] ?? new Uint8Array(samples.length).fill(1));
    if (invalid !== undefined) return `flags of band ${band}: ${invalid}`;
  }
  return read.bands.length === truth.bands.length ? undefined : `${read.bands.length} bands`;
}

function samplesDiffer(read: Samples | undefined, truth: Samples): string | undefined {
  if (read?.constructor !== truth.constructor || read.length !== truth.length) return 'other samples';
  const [a, b] = [read, truth].map((view) => Buffer.from(view.buffer, view.byteOffset, view.byteLength));
  if (a!.equals(b!)) return undefined;
  const at = read.findIndex((sample, i) => !Object.is(sample, truth[i]));
  return `sample ${at} is ${read[at]}, not ${truth[at]}`;
}
