/** Samples of a pixel at most. */
const MOST = 16;
/** For each of the vectors in which the samples of one lie: which of its bytes go where. */
const PLACES = memory.data(16 * 16, 16);

/**
 * Copies one sample of each pixel, row by row without gaps. What is read may reach `stride` vectors beyond the last
 * sample, what is written one.
 *
 * @param from the sample of the first pixel.
 * @param rowBytes from a row to the next one that is read.
 * @param count pixels of a row.
 * @param size bytes of a sample.
 * @param stride samples of a pixel, at most 16.
 */
export function pickBand(from: usize, rowBytes: i32, to: usize, rows: i32, count: i32, size: i32, stride: i32): void {
  for (let vector = 0; vector < min(stride, MOST); vector++) {
    for (let byte = 0; byte < 16; byte++) {
      const place = (byte / size) * size * stride + (byte % size) - (vector << 4);
      // Beyond the vector: no byte.
      store<u8>(PLACES + (vector << 4) + byte, place >= 0 && place < 16 ? place : 255);
    }
  }
  const length = count * size;
  for (let row = 0; row < rows; row++, from += rowBytes, to += length) {
    for (let i = 0, at = from; i < length; i += 16, at += stride << 4) {
      let picked = i8x16.swizzle(v128.load(at), v128.load(PLACES));
      for (let vector = 16; vector < stride << 4; vector += 16)
        picked = v128.or(picked, i8x16.swizzle(v128.load(at + vector), v128.load(PLACES + vector)));
      v128.store(to + i, picked);
    }
  }
}
