import type { Region } from '@tessera/contracts';
import type { Raster, Window } from '../../raster.ts';
import type { Kernels } from '../../simd/kernels.ts';
import { unwrittenRaster } from '../../spare-memory.ts';
import type { Taps } from './resample-weights.ts';

/** What the pixels of both sides are made of; undefined: a side keeps its length. */
export interface Sides {
  readonly across: readonly Taps[] | undefined;
  readonly down: readonly Taps[] | undefined;
}

/** Pixels of a row that are weighed at once, by channels. */
const AT_ONCE = [8, 4, 2, 2] as const;
/** Rows that are made at once, a multiple of four. */
const ROWS = 16;
/** Bits of a weight's lower part: see packages/imaging/assembly/resample.ts. */
const LOW_BITS = 15;
const LOW = (1 << LOW_BITS) - 1;
/** Bytes behind rows that are read and written by whole vectors. */
const SLACK = 64;
/** Most bytes of a row that is made, of one that it is made of, of what one pixel is made of, and of rows in between. */
const MOST = { target: 6144, source: 48 << 10, taps: 32 << 10, between: 1 << 20 } as const;
const LEAST_COLUMNS = 16;

/** Stripes of columns that are worked on from top to bottom, so that all of it stays in the cache. */
interface Shape {
  readonly columns: number;
  readonly tapsAcross: number;
  readonly tapsDown: number;
  readonly sourceStride: number;
  readonly stride: number;
  /** Rows that are held in between. */
  readonly held: number;
}

/** @returns undefined where so many pixels become one that a stripe of them would not fit. */
function shapeOf(channels: number, from: Region, { across, down }: Sides): Shape | undefined {
  const width = across?.length ?? from.width;
  const tapsAcross = across === undefined ? 0 : roundUp(longest(across), AT_ONCE[channels - 1]!);
  const tapsDown = down === undefined ? 0 : roundUp(longest(down), 2);
  const columns = Math.min(
    width,
    Math.floor(MOST.target / channels),
    Math.floor((MOST.source * width) / (from.width * channels)),
    Math.floor(MOST.between / ((tapsDown + ROWS) * channels)) - SLACK,
  );
  if (columns < Math.min(width, LEAST_COLUMNS) || tapsAcross * channels > MOST.taps) return undefined;
  const stride = roundUp(columns * channels + SLACK, 16);
  let widest = columns;
  for (let x = 0; across !== undefined && x < width; x += columns) {
    widest = Math.max(widest, spanOf(across, x, Math.min(columns, width - x))[1]);
  }
  return {
    ...{ columns, tapsAcross, tapsDown, stride },
    sourceStride: roundUp((widest + tapsAcross) * channels + SLACK, 16),
    held: Math.max(tapsDown + ROWS, Math.min(from.height, Math.floor(MOST.between / stride))),
  };
}

/**
 * The same in vectors: a region of the picture whose pixels are made of `from`, a part of the window.
 *
 * @param weighed whether colours are multiplied by their alpha before.
 * @returns undefined where the memory of the vectors is too small for it.
 */
export function resampleVector(
  input: Window,
  from: Region,
  sides: Sides,
  weighed: boolean,
  kernels: Kernels,
): Raster | undefined {
  const { channels } = input.raster;
  const shape = shapeOf(channels, from, sides);
  if (shape === undefined) return undefined;
  const { across, down } = sides;
  const output = unwrittenRaster(across?.length ?? from.width, down?.length ?? from.height, channels);
  const [table, source, between, weights, target] = kernels.allocate([
    shape.columns * (4 + 4 * shape.tapsAcross) + SLACK,
    ROWS * shape.sourceStride + SLACK,
    (shape.held + 4) * shape.stride + SLACK,
    4 * shape.tapsDown + SLACK,
    shape.stride,
  ]) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const { functions } = kernels;

  for (let x = 0; x < output.width; x += shape.columns) {
    const columns = Math.min(shape.columns, output.width - x);
    const bytes = columns * channels;
    const [left, span] = across === undefined ? [from.x + x, columns] : spanOf(across, x, columns);
    if (across !== undefined) writeTable(table, across, x, columns, left, channels, shape.tapsAcross);

    /** Makes the rows of `from` from row `first` on, and writes them to a place among the rows in between. */
    const makeRows = (first: number, rows: number, place: number): void => {
      const [to, stride] = across === undefined ? [between, shape.stride] : [source, shape.sourceStride];
      const start = across === undefined ? place * stride : 0;
      const line = input.raster.width * channels;
      let at = (from.y - input.y + first) * line + (left - input.x) * channels;
      for (let row = 0; row < rows; row++, at += line) {
        const area = to.subarray(start + row * stride, start + row * stride + span * channels);
        area.set(input.raster.data.subarray(at, at + area.length));
        if (weighed) functions.weighByAlpha(area.byteOffset, area.length, channels);
      }
      if (across === undefined) return;
      const target = between.byteOffset + place * shape.stride;
      functions.resampleRows(
        ...([source.byteOffset, stride, target, shape.stride, columns, rows, channels] as const),
        ...([table.byteOffset, shape.tapsAcross] as const),
      );
    };
    const keep = (row: Uint8Array, y: number): void => {
      output.data.set(row, (y * output.width + x) * channels);
    };

    if (down === undefined) {
      for (let y = 0; y < from.height; y += ROWS) {
        const rows = Math.min(ROWS, from.height - y);
        makeRows(y, rows, 0);
        for (let row = 0; row < rows; row++)
          keep(between.subarray(row * shape.stride, row * shape.stride + bytes), y + row);
      }
      continue;
    }
    // Of the rows of `from` these are held, the first one at the top.
    let [start, end] = [0, 0];
    for (const [y, taps] of down.entries()) {
      const first = taps.first - from.y;
      while (end < first + taps.weights.length) {
        const rows = Math.min(ROWS, from.height - end);
        if (end - start + rows > shape.held) {
          between.copyWithin(0, (first - start) * shape.stride, (end - start) * shape.stride);
          start = first;
        }
        makeRows(end, rows, end - start);
        end += rows;
      }
      writeWeights(weights, taps.weights, shape.tapsDown);
      const at = between.byteOffset + (first - start) * shape.stride;
      functions.resampleColumns(at, shape.stride, target.byteOffset, bytes, weights.byteOffset, shape.tapsDown);
      keep(target.subarray(0, bytes), y);
    }
  }
  return output;
}

const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;
const longest = (taps: readonly Taps[]): number =>
  taps.reduce((most, { weights }) => Math.max(most, weights.length), 0);

/** First pixel and number of those that a stretch is made of. */
function spanOf(taps: readonly Taps[], start: number, count: number): readonly [first: number, count: number] {
  const [head, tail] = [taps[start]!, taps[start + count - 1]!];
  return [head.first, tail.first + tail.weights.length - head.first];
}

function writeWeights(area: Uint8Array, weights: Int32Array, count: number): void {
  const parts = new Int16Array(area.buffer, area.byteOffset, 2 * count);
  for (let n = 0; n < count; n++) {
    const weight = weights[n] ?? 0;
    parts[n] = weight & LOW;
    parts[count + n] = weight >> LOW_BITS;
  }
}

function writeTable(
  area: Uint8Array,
  taps: readonly Taps[],
  start: number,
  columns: number,
  left: number,
  channels: number,
  count: number,
): void {
  const offsets = new Int32Array(area.buffer, area.byteOffset, columns * (1 + count));
  for (let column = 0; column < columns; column++) {
    const { first, weights } = taps[start + column]!;
    const entry = column * (1 + count);
    offsets[entry] = (first - left) * channels;
    writeWeights(area.subarray(4 * entry + 4), weights, count);
  }
}
