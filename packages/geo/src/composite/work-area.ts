/** Bytes of a vector: everything in a work area begins at a multiple of it. */
const VECTOR = 16;
/** Keys that are gathered at one time at most: they stay in the second level of the cache. */
const KEYS = 131_072;
/** Pixels that are ranked at one time at most. */
const MOST_PIXELS = 512;
/** Bytes of a sample at most. */
const SAMPLE = 2;

/** Where vector kernels have what they work with, as byte offsets from the beginning of the area. */
export interface WorkArea {
  /** Pixels that are ranked at one time; a multiple of 16. */
  readonly pixels: number;
  /** Where scenes begin, 32 bits each. */
  readonly offsets: number;
  /** Ranks by number of samples, 16 bits each. */
  readonly ranks: number;
  /** Planes of chosen samples. */
  readonly target: number;
  readonly targetPlane: number;
  /** Numbers of samples, 16 bits each. */
  readonly counts: number;
  readonly scratch: number;
  /** Bytes of all of it. */
  readonly bytes: number;
}

/** Lays out the work area for so many scenes. */
export function workArea(scenes: number): WorkArea {
  const pixels = Math.max(VECTOR, Math.min(MOST_PIXELS, down(KEYS / Math.max(1, scenes))));
  const ranks = up(4 * scenes);
  const target = ranks + up(2 * (scenes + 1));
  const targetPlane = SAMPLE * pixels;
  const counts = target + 3 * targetPlane;
  const scratch = counts + 2 * pixels;
  // What assembly/rank-triplets.ts asks for.
  const bytes = scratch + 128 + 32 * scenes + 4 * scenes * pixels;
  return { pixels, offsets: 0, ranks, target, targetPlane, counts, scratch, bytes };
}

function up(bytes: number): number {
  return Math.ceil(bytes / VECTOR) * VECTOR;
}

function down(pixels: number): number {
  return Math.floor(pixels / VECTOR) * VECTOR;
}
