import type { Output } from '@tessera/contracts';
import type { Raster } from '@tessera/imaging';
import { AppError } from '@tessera/runtime/app-error';
import { stripFormat } from '../formats.ts';

/** A whole file of a raster, as a job of one region makes it. The raster has the output's size and channels. */
export async function encodeFile(raster: Raster, output: Output): Promise<Uint8Array> {
  const { width, height } = raster;
  if (width !== output.width || height !== output.height)
    throw new AppError('INTERNAL', { details: { width, height } });
  const format = stripFormat(output.format);
  const grid = { width, height };
  const region = { x: 0, y: 0, ...grid };
  const { bytes, facts } = await format.encode(raster, { region, index: 0, count: 1, grid }, output);
  const segments = format.assemble([facts], grid, output);
  return Buffer.concat(segments.map((segment) => (segment instanceof Uint8Array ? segment : bytes)));
}
