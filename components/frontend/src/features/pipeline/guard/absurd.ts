import type { EstimateDto } from '@tessera/contracts';

/** Bytes of all results together, and of all results for each byte of the originals, above which is asked first. */
const MANY_BYTES = 4e9;
const MANY_TIMES = 40;
const SOME_BYTES = 1e9;
/** Seconds above which is asked first. */
const LONG = 3600;

/**
 * Whether a result would be so large, or take so long, that it is more likely a slip than a wish.
 *
 * @param sourceBytes of the originals together.
 */
export function isAbsurd({ bytes, seconds }: EstimateDto, sourceBytes: number): boolean {
  const blownUp = bytes.low > SOME_BYTES && bytes.low > sourceBytes * MANY_TIMES;
  return (bytes.low > MANY_BYTES && bytes.low > sourceBytes * 4) || blownUp || (seconds?.low ?? 0) > LONG;
}
