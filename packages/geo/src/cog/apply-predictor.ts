import type { Samples } from '../raster/sample-type.ts';

/**
 * Replaces samples by what TIFF's predictor makes of them, as libtiff does; `stride` is the number of interleaved
 * bands, `width` the tile's in pixels.
 *
 * @returns the bytes to compress, which may share the samples' memory.
 */
export function applyPredictor(
  predictor: 1 | 2 | 3,
  samples: Samples,
  width: number,
  stride: number,
): Uint8Array<ArrayBuffer> {
  if (predictor === 2) differences(unsignedView(samples), width * stride, stride);
  if (predictor === 3) return floatDifferences(samples, width * stride, stride);
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
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
