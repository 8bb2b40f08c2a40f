import { viewSamples } from './view-samples.ts';

/**
 * Undoes horizontal differencing (predictor 2) in place: each sample was stored as the difference to the one `stride`
 * before it in its row. Samples are in this machine's byte order.
 */
export function undoDifferences(bytes: Uint8Array, bits: number, stride: number, rowBytes: number): void {
  if (bits === 64) {
    undoDifferences64(viewSamples(bytes, 'uint32') as Uint32Array, stride, rowBytes / 4);
    return;
  }
  const samples = bits === 8 ? bytes : viewSamples(bytes, bits === 16 ? 'uint16' : 'uint32');
  const perRow = rowBytes / (bits / 8);
  for (let row = 0; row < samples.length; row += perRow) {
    const end = row + perRow;
    for (let first = row; first < row + stride; first += 1) {
      // Sums wrap like the samples, whose bits are the lowest of them.
      let sum = 0;
      for (let i = first; i < end; i += stride) {
        sum = (sum + samples[i]!) | 0;
        samples[i] = sum;
      }
    }
  }
}

/** As above, with each number in two words, the lower first. */
function undoDifferences64(words: Uint32Array, stride: number, perRow: number): void {
  for (let row = 0; row < words.length; row += perRow) {
    const end = row + perRow;
    for (let i = row + stride * 2; i < end; i += 2) {
      const low = words[i]! + words[i - stride * 2]!;
      words[i] = low;
      words[i + 1]! += words[i + 1 - stride * 2]! + (low > 0xffff_ffff ? 1 : 0);
    }
  }
}

/**
 * Undoes the predictor of floating-point samples (Adobe, TIFF Technical Note 3): in each row all highest bytes came
 * first, then all second ones …, and all bytes were differences.
 *
 * @returns samples in this machine's byte order.
 */
export function undoFloatDifferences(bytes: Uint8Array, bits: number, stride: number, rowBytes: number): Uint8Array {
  const size = bits / 8;
  const perRow = rowBytes / size;
  const output = new Uint8Array(bytes.length);
  const sums = new Uint8Array(rowBytes);
  for (let row = 0; row < bytes.length; row += rowBytes) {
    sums.set(bytes.subarray(row, row + rowBytes));
    for (let i = stride; i < rowBytes; i += 1) sums[i]! += sums[i - stride]!;
    for (let byte = 0; byte < size; byte += 1) {
      const plane = byte * perRow;
      // The highest byte comes last in memory.
      for (let i = 0, to = row + size - 1 - byte; i < perRow; i += 1, to += size) output[to] = sums[plane + i]!;
    }
  }
  return output;
}
