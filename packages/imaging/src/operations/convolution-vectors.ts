import type { Tap, Taps } from './convolution.ts';
import type { VectorFilter } from './filter.ts';
import { finishArguments, type Finish } from './finish.ts';
import { tileArguments, type Tile } from './tile.ts';

/** Bytes of what packages/imaging/assembly/convolution.ts reads: a pair of integer weights, a weight of 64 bits. */
const PAIR = 12;
const TAP = 16;

/** Convolution in vectors: with integers of 32 bits where sums of integer weights fit, else with numbers of 64 bits. */
export function convolutionVectors(taps: Taps, finish: Finish): VectorFilter {
  const { lists } = taps;
  const integers = lists.every(fitIntegers);
  const sizes = lists.map(({ length }) => (integers ? Math.ceil(length / 2) * PAIR : length * TAP));
  const [first = 0, second = 0] = integers ? sizes.map((size) => size / PAIR) : sizes.map((size) => size / TAP);
  const tapBytes = (sizes.reduce((sum, size) => sum + size, 0) + 15) & ~15;
  const [kind, factor, offset] = finishArguments(finish, integers);
  return {
    scratchBytes: ({ sourceStride: stride }) => tapBytes + (integers ? 8 : 16) * (stride + 16),
    run: ({ convolveIntegers, convolveNumbers }, tile, scratch) => {
      writeTaps(scratch, taps, tile, integers);
      const at = scratch.byteOffset;
      const run = integers ? convolveIntegers : convolveNumbers;
      run(...tileArguments(tile), at, first, second, kind, factor, offset, at + tapBytes);
    },
  };
}

/** Whether all weights are integers of 16 bits and their sums have 32. */
function fitIntegers(list: readonly Tap[]): boolean {
  const most = list.reduce((sum, { weight }) => sum + 255 * Math.abs(weight), 0);
  return most < 2 ** 31 && list.every(({ weight }) => Number.isInteger(weight) && Math.abs(weight) < 2 ** 15);
}

function writeTaps(scratch: Uint8Array, { lists, across, down }: Taps, tile: Tile, integers: boolean): void {
  const view = new DataView(scratch.buffer, scratch.byteOffset);
  const distance = ({ dx, dy }: Tap): number => (down + dy) * tile.sourceStride + (across + dx) * tile.channels;
  let at = 0;
  for (const list of lists) {
    for (let n = 0; n < list.length; n += integers ? 2 : 1) {
      const [tap, other] = [list[n]!, list[n + 1]];
      view.setInt32(at, distance(tap), true);
      if (integers) {
        view.setInt32(at + 4, distance(other ?? tap), true);
        view.setInt16(at + 8, tap.weight, true);
        view.setInt16(at + 10, other?.weight ?? 0, true);
      } else {
        view.setFloat64(at + 8, tap.weight, true);
      }
      at += integers ? PAIR : TAP;
    }
  }
}
