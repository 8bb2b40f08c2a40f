/** Megapixels per second of every operation on a band of 12000 × 512 RGB pixels: `vitest bench`, or as in bench/README. */
