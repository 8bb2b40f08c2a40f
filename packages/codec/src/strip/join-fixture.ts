import type { Grid, Output } from '@tessera/contracts';
import { crop, gridCount, gridRegion, isDeep, type Raster, type Samples } from '@tessera/imaging';
import type { FileExtras, StripFormat } from './strip.ts';

/** Every choice of an output made for a raster, the given ones over the defaults. */
export function outputFor(raster: Raster<Samples>, format: Output['format'], choices: Partial<Output> = {}): Output {
  const { width, height, channels } = raster;
  return {
    format,
    quality: 85,
    subsampling: '4:2:0',
    metadata: 'strip',
    width,
    height,
    channels,
    ...(isDeep(raster) && { depth: 16 }),
    tile: 64,
    ...choices,
  };
}

/** The part of a raster that a cell of a grid covers. */
export function cutCell<S extends Samples>(raster: Raster<S>, grid: Grid, index: number): Raster<S> {
  return crop({ x: 0, y: 0, raster }, gridRegion(grid, raster, index));
}

/** Encodes a raster cell by cell, as peers would, and joins the strips into a file. */
export async function encodeSplit(
  format: StripFormat,
  raster: Raster<Samples>,
  grid: Grid,
  output: Output,
  extras?: FileExtras,
): Promise<Buffer> {
  const count = gridCount(grid, raster);
  const strips = await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const place = { region: gridRegion(grid, raster, index), index, count, grid };
      return format.encode(cutCell(raster, grid, index), place, output);
    }),
  );
  const segments = format.assemble(
    strips.map(({ facts }) => facts),
    grid,
    output,
    extras,
  );
  return Buffer.concat(segments.map((segment) => ('strip' in segment ? strips[segment.strip]!.bytes : segment)));
}
