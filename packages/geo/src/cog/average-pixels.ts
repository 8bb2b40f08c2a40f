import type { RasterBlock } from '../raster/raster-block.ts';
import type { Samples } from '../raster/sample-type.ts';
import { averageFloats } from './average-floats.ts';
import { countingPixels, emptyPixel } from './counting-pixels.ts';
import type { Validity } from './halve-block.ts';
import { nextSample } from './next-sample.ts';

/**
 * The mean of those of each 2 × 2 pixels that count, as GDAL's AVERAGE has it: integers are rounded half away from zero,
 * and a mean that happens to be the nodata value becomes the value next to it. Sums are of doubles, so that 32-bit
 * samples lose nothing.
 */
export function averagePixels(source: Samples, size: RasterBlock, validity: Validity, target: Samples): void {
  const isPlain = validity.nodata === 'nan' && validity.alpha === undefined;
  if (isPlain && source instanceof Float32Array && target instanceof Float32Array) {
    averageFloats(source, size, target);
    return;
  }
  const counts = countingPixels(source, validity);
  const store = storing(target, validity);
  if (counts === undefined) averageAll(source, size, store);
  else
    averageCounting(
      source,
      size,
      { counts, plain: plainNodata(source, validity) },
      emptyPixel(validity),
      target,
      store,
    );
}

/** The value whose samples do not count, where nothing else decides. */
function plainNodata(source: Samples, { nodata, alpha }: Validity): number | undefined {
  if (typeof nodata !== 'number' || alpha !== undefined) return undefined;
  return source instanceof Float32Array ? Math.fround(nodata) : nodata;
}

type Store = (to: number, mean: number) => void;

/** Rounds as the target's type needs it, and keeps off the nodata value. */
function storing(target: Samples, { nodata, alpha }: Validity): Store {
  const isFloat = target instanceof Float32Array || target instanceof Float64Array;
  const round: (mean: number) => number = isFloat
    ? (mean) => mean
    : (mean) => (mean < 0 ? -Math.floor(0.5 - mean) : Math.floor(mean + 0.5));
  if (typeof nodata !== 'number' || alpha !== undefined) {
    return (to, mean) => {
      target[to] = round(mean);
    };
  }
  const avoided = target instanceof Float32Array ? Math.fround(nodata) : nodata;
  const instead = nextSample(avoided, target);
  return (to, mean) => {
    target[to] = round(mean);
    if (target[to] === avoided) target[to] = instead;
  };
}

function averageAll(source: Samples, { width, height }: RasterBlock, store: Store): void {
  for (let y = 0, to = 0; y < height; y += 2) {
    const rows = Math.min(2, height - y);
    for (let x = 0; x < width; x += 2, to++) {
      const at = y * width + x;
      const columns = Math.min(2, width - x);
      // Always in raster order: sums of floats depend on it.
      let sum = source[at]!;
      if (columns === 2) sum += source[at + 1]!;
      if (rows === 2) sum += source[at + width]!;
      if (rows === 2 && columns === 2) sum += source[at + width + 1]!;
      store(to, sum / (rows * columns));
    }
  }
}

function averageCounting(
  source: Samples,
  { width, height }: RasterBlock,
  { counts, plain }: { readonly counts: (at: number) => boolean; readonly plain: number | undefined },
  empty: number,
  target: Samples,
  store: Store,
): void {
  for (let y = 0, to = 0; y < height; y += 2) {
    const rows = Math.min(2, height - y);
    for (let x = 0; x < width; x += 2, to++) {
      const columns = Math.min(2, width - x);
      if (plain !== undefined && rows === 2 && columns === 2) {
        const at = y * width + x;
        const a = source[at]!;
        const b = source[at + 1]!;
        const c = source[at + width]!;
        const d = source[at + width + 1]!;
        if (a !== plain && b !== plain && c !== plain && d !== plain) {
          store(to, (0 + a + b + c + d) / 4);
          continue;
        }
      }
      let sum = 0;
      let count = 0;
      for (let row = 0, first = y * width + x; row < rows; row++, first += width) {
        for (let at = first; at < first + columns; at++) {
          if (!counts(at)) continue;
          sum += source[at]!;
          count++;
        }
      }
      if (count === 0) target[to] = empty;
      else store(to, sum / count);
    }
  }
}
