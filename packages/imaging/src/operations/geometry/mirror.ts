import type { OperationName, Region, Size } from '@tessera/contracts';
import type { GeometryOperation } from '../../operation.ts';
import { createRaster, type Raster, type Samples, type Window } from '../../raster.ts';
import { geometryInBoth } from '../deep/in-both-depths.ts';
import { moveBytes } from '../deep/move-bytes.ts';

/** Rows in the opposite order. */
export const flip = mirror('flip', { across: false, down: true });

/** Columns in the opposite order. */
export const flop = mirror('flop', { across: true, down: false });

/** Which axes are turned round. */
interface Axes {
  readonly across: boolean;
  readonly down: boolean;
}

function mirror<Op extends OperationName>(op: Op, axes: Axes): GeometryOperation<Op, Samples> {
  const shallow: GeometryOperation<Op> = {
    op,
    kind: 'geometry',
    channels: (input) => input,
    size: (_params, { width, height }) => ({ width, height }),
    needs: (_params, region, picture) => mirrored(region, picture, axes),
    apply: (input, region, picture) => mirrorRegion(input, region, picture, axes),
  };
  return geometryInBoth(shallow, {
    apply: (input, region, picture) => moveBytes(input, (bytes) => mirrorRegion(bytes, region, picture, axes)),
  });
}

/** Where a region lies in the mirrored picture; the same way back. */
export function mirrored({ x, y, width, height }: Region, picture: Size, { across, down }: Axes): Region {
  return { x: across ? picture.width - x - width : x, y: down ? picture.height - y - height : y, width, height };
}

/** Computes a region of the mirrored picture. */
export function mirrorRegion(input: Window, region: Region, picture: Size, axes: Axes): Raster {
  const { raster } = input;
  const { channels, data } = raster;
  const from = mirrored(region, picture, axes);
  const output = createRaster(region.width, region.height, channels);
  const bytes = region.width * channels;
  for (let row = 0; row < region.height; row++) {
    const y = from.y + (axes.down ? region.height - 1 - row : row);
    let at = ((y - input.y) * raster.width + from.x - input.x) * channels;
    const to = row * bytes;
    if (!axes.across) {
      output.data.set(data.subarray(at, at + bytes), to);
      continue;
    }
    for (let pixel = to + bytes - channels; pixel >= to; pixel -= channels) {
      for (let channel = 0; channel < channels; channel++) output.data[pixel + channel] = data[at++]!;
    }
  }
  return output;
}
