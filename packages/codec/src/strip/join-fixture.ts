import type { Grid, Output } from '@tessera/contracts';
import { createRaster, gridCount, gridRegion, type Raster } from '@tessera/imaging';
import type { FileExtras, StripFormat } from './strip.ts';

/** Every choice of an output made for a raster, the given ones over the defaults. */
export function outputFor(raster: Raster, format: Output['format'], choices: Partial<Output> = {}): Output {
  const { width, height, channels } = raster;
  return {
    format,
    quality: 85,
    subsampling: '4:2:0',
    metadata: 'strip',
    width,
    height,
    channels,
    tile: 64,
    ...choices,
  };
}

/** The part of a raster that a cell of a grid covers. */
export function cutCell(raster: Raster, grid: Grid, index: number): Raster {
  const region = gridRegion(grid, raster, index);
  const cell = createRaster(region.width, region.height, raster.channels);
  const rowBytes = region.width * raster.channels;
  for (let row = 0; row < region.height; row += 1) {
    const start = ((region.y + row) * raster.width + region.x) * raster.channels;
    cell.data.set(raster.data.subarray(start, start + rowBytes), row * rowBytes);
  }
  return cell;
}

/** Encodes a raster cell by cell, as peers would, and joins the strips into a file. */
export async function encodeSplit(
  format: StripFormat,
  raster: Raster,
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
