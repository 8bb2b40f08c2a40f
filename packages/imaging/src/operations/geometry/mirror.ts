import type { OperationName, Region, Size } from '@tessera/contracts';
import type { GeometryOperation } from '../../operation.ts';
import type { Raster, Samples, Window } from '../../raster.ts';
import { loadKernels, type Kernels } from '../../simd/kernels.ts';
import { unwrittenRaster } from '../../spare-memory.ts';
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
  const output = unwrittenRaster(region.width, region.height, channels);
  const bytes = region.width * channels;
  const turnRow = axes.across ? reverser(region.width, channels) : (row: Uint8Array): Uint8Array => row;
  for (let row = 0; row < region.height; row++) {
    const y = from.y + (axes.down ? region.height - 1 - row : row);
    const at = ((y - input.y) * raster.width + from.x - input.x) * channels;
    output.data.set(turnRow(data.subarray(at, at + bytes)), row * bytes);
  }
  return output;
}

/** Bytes that vectors may read and write beyond a row, on both sides. */
const SLACK = 64;
/** Most bytes of a row that fit into the kernels' memory with all else. */
const LONGEST = 1 << 20;

/** What gives rows of so many pixels in the opposite order; the answer is valid until the next one. */
function reverser(pixels: number, channels: number): (row: Uint8Array) => Uint8Array {
  const kernels = loadKernels();
  const bytes = pixels * channels;
  return kernels === null || bytes > LONGEST
    ? reverserScalar(pixels, channels)
    : reverserVector(pixels, channels, kernels);
}

/** The same in plain arithmetic. */
export function reverserScalar(pixels: number, channels: number): (row: Uint8Array) => Uint8Array {
  const reversed = new Uint8Array(pixels * channels);
  return (row) => {
    let at = 0;
    for (let pixel = reversed.length - channels; pixel >= 0; pixel -= channels) {
      for (let channel = 0; channel < channels; channel++) reversed[pixel + channel] = row[at++]!;
    }
    return reversed;
  };
}

/** The same in vectors. */
export function reverserVector(pixels: number, channels: number, kernels: Kernels): (row: Uint8Array) => Uint8Array {
  const bytes = pixels * channels;
  const [source, area] = kernels.allocate([bytes + SLACK, bytes + 2 * SLACK]) as [Uint8Array, Uint8Array];
  const target = area.subarray(SLACK, SLACK + bytes);
  return (row) => {
    source.set(row);
    kernels.functions.reversePixels(source.byteOffset, target.byteOffset, pixels, channels);
    return target;
  };
}
