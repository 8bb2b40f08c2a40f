/** Index of `i8x16.swizzle` that gives zero. */
const Z: i8 = -1;

/**
 * Pixels of `size` bytes in the opposite order. Up to 32 bytes before `target` are written as well, and behind the source as
 * many are read.
 */
export function reversePixels(source: usize, target: usize, pixels: i32, size: i32): void {
  const end = source + <usize>(pixels * size);
  let to = target + <usize>(pixels * size);
  if (size === 3) {
    // Five pixels at a time; the byte before them is written again by the next ones.
    for (let at = source; at < end; at += 15) {
      to -= 15;
      const order = i8x16(Z, 12, 13, 14, 9, 10, 11, 6, 7, 8, 3, 4, 5, 0, 1, 2);
      v128.store(to - 1, i8x16.swizzle(v128.load(at), order));
    }
  } else if (size === 1) {
    for (let at = source; at < end; at += 16) {
      to -= 16;
      v128.store(to, i8x16.swizzle(v128.load(at), i8x16(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)));
    }
  } else if (size === 2) {
    for (let at = source; at < end; at += 16) {
      to -= 16;
      v128.store(to, i8x16.swizzle(v128.load(at), i8x16(14, 15, 12, 13, 10, 11, 8, 9, 6, 7, 4, 5, 2, 3, 0, 1)));
    }
  } else if (size === 4) {
    for (let at = source; at < end; at += 16) {
      to -= 16;
      v128.store(to, i8x16.swizzle(v128.load(at), i8x16(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3)));
    }
  } else {
    for (let at = source; at < end; at += size) {
      to -= size;
      memory.copy(to, at, size);
    }
  }
}
