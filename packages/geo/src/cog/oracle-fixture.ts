import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../../../tests/services/run-command.ts';

/** What oracle.py tells of a file. */
export interface Sight {
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
  readonly complaints: readonly string[];
  readonly structure: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly geotransform: readonly number[] | null;
  readonly colours: readonly string[];
  readonly units: readonly string[];
  readonly bandMetadata: readonly Readonly<Record<string, string>>[];
  readonly levels: readonly {
    readonly width: number;
    readonly height: number;
    readonly tile: readonly number[];
    readonly digests: readonly string[];
    readonly nodata: readonly (number | string | null)[];
  }[];
  readonly rasterio: {
    readonly dtypes: readonly string[];
    readonly epsg: number | null;
    readonly projected: boolean;
    readonly transform: readonly number[];
    readonly nodata: number | string | null;
    readonly scales: readonly number[];
    readonly offsets: readonly number[];
    readonly descriptions: readonly (string | null)[];
    readonly digests: readonly string[];
  };
}

/** Looks at files with GDAL's validator, GDAL and rasterio. */
export async function seeCogs(files: readonly Uint8Array[]): Promise<Sight[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-cog-'));
  try {
    const paths = files.map((_, index) => join(folder, `${index}.tif`));
    await Promise.all(files.map((bytes, index) => writeFile(paths[index]!, bytes)));
    return await seeCogFiles(paths);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The same for files that lie somewhere. */
export async function seeCogFiles(paths: readonly string[]): Promise<Sight[]> {
  const script = fileURLToPath(new URL('./oracle.py', import.meta.url));
  return JSON.parse(await runCommand('/usr/bin/python3', [script, ...paths])) as Sight[];
}
