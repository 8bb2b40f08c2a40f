import type { Depth } from '@tessera/contracts';
import { sampleBytes, type Raster, type Samples, type SamplesOf } from './raster.ts';

/** Smaller arrays cost next to nothing to make. */
const LEAST_BYTES = 1 << 16;
/** Kept at most by one thread: two regions of the largest size in colours. */
const MOST_BYTES = 80 << 20;
const MOST_ARRAYS = 8;

/** Memory that nobody reads any more, that which lies here longest first; each thread has its own. */
const spare: ArrayBuffer[] = [];

/**
 * A raster whose samples are whatever stood in its memory before: whoever asks for it writes all of them. Memory that comes
 * fresh from the system costs more time than most operations compute, page by page; so that of rasters that are done
 * with is used again.
 */
export function unwrittenRaster(width: number, height: number, channels: number): Raster;
export function unwrittenRaster<D extends Depth>(
  width: number,
  height: number,
  channels: number,
  depth: D,
): Raster<SamplesOf<D>>;
export function unwrittenRaster(width: number, height: number, channels: number, depth: Depth = 8): Raster<Samples> {
  const bytes = width * height * channels * sampleBytes(depth);
  const at = spare.findIndex(({ byteLength }) => byteLength === bytes);
  const memory = at < 0 ? new ArrayBuffer(bytes) : spare.splice(at, 1)[0]!;
  return { width, height, channels, data: depth === 8 ? new Uint8Array(memory) : new Uint16Array(memory) };
}

/**
 * Takes the memory of a raster that nobody will read any more, or nothing if it shares it with something else.
 *
 * @param sharers what may be a part of the raster's memory, or be the raster itself, and is still read.
 */
export function recycle({ data }: Raster<Samples>, ...sharers: readonly { readonly data: Samples }[]): void {
  const { byteLength, buffer } = data;
  if (byteLength < LEAST_BYTES || byteLength > MOST_BYTES || byteLength !== buffer.byteLength) return;
  if (!(buffer instanceof ArrayBuffer) || spare.includes(buffer)) return;
  if (sharers.some((sharer) => sharer.data.buffer === buffer)) return;
  spare.push(buffer);
  while (spare.length > MOST_ARRAYS || spare.reduce((sum, kept) => sum + kept.byteLength, 0) > MOST_BYTES)
    spare.shift();
}
