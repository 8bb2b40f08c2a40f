import type { Samples } from '../raster/sample-type.ts';
import { workbench, type Workbench } from '../tiles/workbench.ts';

/**
 * Replaces samples by what TIFF's predictor makes of them, as libtiff does; `stride` is the number of interleaved
 * bands, `width` the tile's in pixels.
 *
 * @param bench default: this thread's; `null`: the samples are taken one by one.
 * @returns the bytes to compress, which may share the samples' memory, and last until the next call.
 */
export function applyPredictor(
  predictor: 1 | 2 | 3,
  samples: Samples,
  width: number,
  stride: number,
  bench: Workbench | null = workbench(),
): Uint8Array<ArrayBuffer> {
  const fast = predictor === 1 || !bench ? undefined : byVectors(predictor, samples, width, stride, bench);
  if (fast !== undefined) return fast;
  if (predictor === 2) differences(unsignedView(samples), width * stride, stride);
  if (predictor === 3) return floatDifferences(samples, width * stride, stride);
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** By vectors; `undefined` for what they are not made for. */
function byVectors(
  predictor: 2 | 3,
  { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT: size }: Samples,
  width: number,
  stride: number,
  bench: Workbench,
): Uint8Array<ArrayBuffer> | undefined {
  const areas = size === 8 ? undefined : bench.areas(byteLength, stride);
  if (areas === undefined || (predictor === 3 && size !== 4)) return undefined;
  const { kernels, first, second } = areas;
  const rowBytes = width * stride * size;
  const rows = byteLength / rowBytes;
  // They may be there already.
  if (buffer !== areas.buffer || byteOffset !== first)
    new Uint8Array(areas.buffer, first, byteLength).set(new Uint8Array(buffer, byteOffset, byteLength));
  if (predictor === 2) {
    kernels.difference(first, rows, rowBytes, stride * size, size);
    return new Uint8Array(areas.buffer, first, byteLength);
  }
  kernels.splitFloatBytes(first, second, rows, width * stride);
  kernels.difference(second, rows, rowBytes, stride, 1);
  return new Uint8Array(areas.buffer, second, byteLength);
}

type Unsigned = Uint8Array | Uint16Array | Uint32Array;

/** The same bits as unsigned numbers: differences wrap, whatever the samples mean. */
function unsignedView(samples: Samples): Unsigned {
  const { buffer, byteOffset, length } = samples;
  if (samples.BYTES_PER_ELEMENT === 1) return new Uint8Array(buffer, byteOffset, length);
  if (samples.BYTES_PER_ELEMENT === 2) return new Uint16Array(buffer, byteOffset, length);
  return new Uint32Array(buffer, byteOffset, length);
}

/** Every value becomes its difference to the one `stride` before it in its row. */
function differences(values: Unsigned, rowLength: number, stride: number): void {
  for (let start = 0; start < values.length; start += rowLength) {
    for (let at = start + rowLength - 1; at >= start + stride; at--) {
      values[at] = values[at]! - values[at - stride]!;
    }
  }
}

/**
 * Adobe's floating point predictor: in each row all most significant bytes come first, then the next, and then each
 * byte becomes its difference to the one `stride` before it.
 */
function floatDifferences(samples: Samples, rowLength: number, stride: number): Uint8Array<ArrayBuffer> {
  const size = samples.BYTES_PER_ELEMENT;
  const source = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  const target = new Uint8Array(source.length);
  for (let start = 0; start < source.length; start += rowLength * size) {
    for (let byte = 0; byte < size; byte++) {
      let to = start + (size - 1 - byte) * rowLength;
      for (let from = start + byte, end = start + rowLength * size; from < end; from += size)
        target[to++] = source[from]!;
    }
    for (let at = start + rowLength * size - 1; at >= start + stride; at--)
      target[at] = target[at]! - target[at - stride]!;
  }
  return target;
}
