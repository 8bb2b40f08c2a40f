import type { Resampling, SampleType } from '@tessera/contracts';
import { SAMPLE_TYPES, type Samples } from '../raster/sample-type.ts';
import { resampleNarrow, resampleWide, type ReadSample } from './kernels.ts';
import type { PixelPlaces } from './pixel-map.ts';

/** Part of a pixel by which a place may lie before a border and still belong beyond it: places are computed. */
export const BORDER = 1e-6;
/** Below so many target pixels per source pixel a kernel is made wider, as GDAL does. */
const WIDEN_BELOW = 0.95;

/** A rectangle of a source's band. */
export interface SourceBand {
  /** Column and row of the source at which the rectangle begins. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly type: SampleType;
  readonly samples: Samples;
  /** 0 where there is no sample; `undefined`: there is one everywhere. */
  readonly valid: Uint8Array<ArrayBuffer> | undefined;
}

/** Target pixels per source pixel, across and down. */
export interface Scale {
  readonly across: number;
  readonly down: number;
}

export interface Resampled {
  readonly samples: Samples;
  /** 0 where there is no sample. */
  readonly valid: Uint8Array<ArrayBuffer>;
}

/**
 * Finds samples between the pixels of a source. As GDAL: there is one where the source pixel that a place falls into has
 * one; of its neighbours those without a sample are left out and the weights of the others made to sum up to 1; cubic is
 * bilinear where not all of 4 × 4 have one; whole numbers are rounded, half upwards, and kept within their type. Where the
 * target is coarser the kernel is made wider by as much.
 *
 * @param source has to hold what the kernel reaches of the source, which ends where `whole` does.
 * @param whole size of the source.
 */
export function resample(
  source: SourceBand,
  whole: { readonly width: number; readonly height: number },
  { columns, rows }: PixelPlaces,
  scale: Scale,
  resampling: Resampling,
): Resampled {
  const { kind, range, samples: make } = SAMPLE_TYPES[source.type];
  const count = columns.length;
  const samples = make(count);
  const valid = new Uint8Array(count);
  const read = readerOf(source);
  const wide = isWide(scale);
  const take =
    resampling === 'nearest'
      ? undefined
      : wide
        ? resampleWide(read, scale, resampling)
        : resampleNarrow(read, source, resampling);
  for (let at = 0; at < count; at++) {
    const column = columns[at]! + BORDER;
    const row = rows[at]! + BORDER;
    // NaN is in no source.
    if (!(column >= 0 && row >= 0 && column < whole.width + BORDER && row < whole.height + BORDER)) continue;
    const x = Math.min(Math.floor(column), whole.width - 1);
    const y = Math.min(Math.floor(row), whole.height - 1);
    const nearest = read(x, y);
    if (nearest === undefined) continue;
    const value = take === undefined ? nearest : take(columns[at]!, rows[at]!);
    if (value === undefined) continue;
    samples[at] = kind === 'float' ? value : Math.min(range[1], Math.max(range[0], Math.floor(value + 0.5)));
    valid[at] = 1;
  }
  return { samples, valid };
}

/** Whether kernels are made wider for a scale. */
export function isWide({ across, down }: Scale): boolean {
  return across < WIDEN_BELOW || down < WIDEN_BELOW;
}

/** Gives samples by column and row of the source; `undefined` where there is none, and beyond the rectangle. */
function readerOf({ x, y, width, height, samples, valid }: SourceBand): ReadSample {
  return (column, row) => {
    const across = column - x;
    const down = row - y;
    if (across < 0 || down < 0 || across >= width || down >= height) return undefined;
    const at = down * width + across;
    return valid?.[at] === 0 ? undefined : samples[at];
  };
}
