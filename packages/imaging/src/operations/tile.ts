import type { Region, Size } from '@tessera/contracts';
import type { BorderRule } from '../border.ts';
import type { Samples, Window } from '../raster.ts';

/**
 * What a filter computes at once: `rows` rows of `samples` interleaved samples. The source is padded: its first sample
 * is that of the pixel `reach.left` to the left of and `reach.above` above the first target pixel, its rows are
 * `sourceStride` bytes apart, and reading up to 64 bytes beyond the end of a row is harmless. So is writing
 * up to the stride of a target row, or to the source.
 */
export interface Tile {
  readonly source: Uint8Array;
  readonly sourceStride: number;
  readonly target: Uint8Array;
  readonly targetStride: number;
  /** The target's pixels within the picture. */
  readonly region: Region;
  readonly picture: Size;
  /** Interleaved channels of the source. */
  readonly channels: number;
  /** Samples of a target row: pixels × target channels. */
  readonly samples: number;
  readonly rows: number;
}

/** The arguments that all vector kernels begin with; the tile lies in their memory. */
export function tileArguments(
  tile: Tile,
): [
  source: number,
  sourceStride: number,
  target: number,
  targetStride: number,
  samples: number,
  rows: number,
  channels: number,
] {
  const { source, sourceStride, target, targetStride, samples, rows, channels } = tile;
  return [source.byteOffset, sourceStride, target.byteOffset, targetStride, samples, rows, channels];
}

/** How many pixels on each side of an output pixel a filter reads. */
export interface Reach {
  readonly left: number;
  readonly right: number;
  readonly above: number;
  readonly below: number;
}

/** Copies the pixels of `area`, which may lie outside the picture, to `target`; what is outside follows the rule. */
export function fillPadded<S extends Samples>(
  target: S,
  stride: number,
  area: Region,
  input: Window<S>,
  picture: Size,
  border: BorderRule,
  outside: number,
): void {
  const { channels, width, data } = input.raster;
  const from = Math.max(area.x, 0);
  const to = Math.min(area.x + area.width, picture.width);
  for (let row = 0; row < area.height; row++) {
    const start = row * stride;
    const y = border(area.y + row, picture.height);
    if (y < 0) {
      target.fill(outside, start, start + area.width * channels);
      continue;
    }
    const line = ((y - input.y) * width - input.x) * channels;
    target.set(data.subarray(line + from * channels, line + to * channels), start + (from - area.x) * channels);
    pad(area.x, from);
    pad(to, area.x + area.width);

    function pad(first: number, end: number): void {
      for (let column = first; column < end; column++) {
        const at = start + (column - area.x) * channels;
        const x = border(column, picture.width);
        for (let c = 0; c < channels; c++) target[at + c] = x < 0 ? outside : data[line + x * channels + c]!;
      }
    }
  }
}
