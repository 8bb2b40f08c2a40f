import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bytesOf, createRaster, type Raster, type Samples } from '@tessera/imaging';
import { sharp } from '../sharp.ts';

const run = promisify(execFile);

export interface Named {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface GdalSight {
  readonly driver: string;
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly block: readonly [number, number];
  readonly sha256: string;
  readonly warnings: readonly string[];
}

/** SHA-256 of bytes, lower-case hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A raster in one line, for comparing: a difference of a million numbers tells nobody anything. */
export function summary({ width, height, channels, data }: Raster<Samples>): string {
  return `${width} × ${height} × ${channels}: ${sha256(bytesOf(data))}`;
}

/** Pixels as our libvips reads them, any warning being an error. */
export async function readPixels(file: Uint8Array): Promise<Raster> {
  const image = sharp(file, { failOn: 'warning', limitInputPixels: false });
  const { space, hasAlpha } = await image.metadata();
  const isGray = space === 'b-w' || space === 'grey16';
  const { data, info } = await image
    // Raw output of gray with alpha would leave the alpha out.
    .toColourspace(isGray && !hasAlpha ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raster = { width: info.width, height: info.height, channels: info.channels, data: new Uint8Array(data) };
  return isGray && hasAlpha ? pick(raster, [0, 3]) : raster;
}

function pick({ width, height, channels, data }: Raster, wanted: readonly number[]): Raster {
  const picked = createRaster(width, height, wanted.length);
  picked.data.forEach((_, i) => {
    picked.data[i] = data[Math.floor(i / wanted.length) * channels + wanted[i % wanted.length]!]!;
  });
  return picked;
}

/** Puts files into a folder of their own for programs that want paths. */
export async function withFiles<Result>(
  files: readonly Named[],
  use: (paths: readonly string[]) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-codec-'));
  try {
    const paths = files.map(({ name }) => join(folder, name));
    await Promise.all(files.map(({ bytes }, i) => writeFile(paths[i]!, bytes)));
    return await use(paths);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Reads files with GDAL (libpng, libjpeg-turbo, libtiff). */
export async function seeWithGdal(paths: readonly string[]): Promise<readonly GdalSight[]> {
  const script = fileURLToPath(new URL('./oracles.py', import.meta.url));
  const python = spawn('/usr/bin/python3', [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  python.stdin.end(paths.join('\n'));
  const lines = (await text(python.stdout)).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as GdalSight);
}

/** What Debian's libvips, another version than ours, says while it decodes a file; empty if all is well. */
export async function complaintsOfVips(path: string): Promise<string> {
  return (await run('vips', ['avg', path])).stderr;
}

/** What djpeg (libjpeg-turbo) complains of; it exits with an error for a mere warning too. */
export async function complaintsOfDjpeg(path: string): Promise<string> {
  return (await run('djpeg', ['-outfile', '/dev/null', path])).stderr;
}

/** What pngcheck says of a PNG; it exits with an error for anything that is wrong. */
export async function reportOfPngcheck(path: string): Promise<string> {
  return (await run('pngcheck', ['-v', path])).stdout;
}
