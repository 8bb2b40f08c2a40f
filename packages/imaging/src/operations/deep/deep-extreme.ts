import type { OperationParams, Size } from '@tessera/contracts';
import { constant } from '../../border.ts';
import { inTurn, type RegionFilter } from '../in-turn.ts';
import { elementOf, type Element } from '../morphology/element.ts';
import type { Extreme } from '../morphology/square-filter.ts';
import { runDeepFilter, type DeepFilter, type DeepTile } from './deep-filter.ts';
import { MOST } from './deep-raster.ts';

type DeepRegionFilter = RegionFilter<Uint16Array>;

/** The brightest or darkest of each neighbourhood, as often as is told; see `extremeOf`. */
export function deepExtremeOf(
  extreme: Extreme,
  { ksize, shape, iterations }: Pick<OperationParams<'dilate'>, 'ksize' | 'shape' | 'iterations'>,
  picture: Size,
): DeepRegionFilter {
  const filter = elementFilter(extreme, elementOf(shape, ksize));
  const once: DeepRegionFilter = (input, region) => runDeepFilter(input, region, picture, filter);
  let all = once;
  for (let time = 1; time < iterations; time++) all = inTurn(all, once, Math.floor(ksize / 2), picture);
  return all;
}

function elementFilter(extreme: Extreme, element: Element): DeepFilter {
  const before = Math.floor(element.length / 2);
  const after = element.length - 1 - before;
  const flip = extreme === 'brightest' ? 0 : MOST;
  return {
    reach: { left: before, right: after, above: before, below: after },
    border: constant,
    outside: flip,
    run: (tile) => {
      takeElement(tile, element, flip);
    },
  };
}

/** As for 8 bits: runs of neighbours by doubling, then the rows of the form; the darkest is the inverse of the brightest of inverses. */
function takeElement(tile: DeepTile, element: Element, flip: number): void {
  const { source, sourceStride, target, samples, rows, channels } = tile;
  const runs = new Uint16Array(sourceStride * (rows + element.length - 1));
  target.fill(0);
  for (const length of new Set(element.map(({ start, end }) => end - start))) {
    for (let at = 0; at < runs.length; at++) runs[at] = source[at]! ^ flip;
    brightestOf(runs, length, channels);
    for (const [down, { start, end }] of element.entries()) {
      if (end - start !== length) continue;
      for (let row = 0; row < rows; row++) {
        let from = (row + down) * sourceStride + start * channels;
        const to = row * samples;
        for (let i = to; i < to + samples; i++, from++) if (runs[from]! > target[i]!) target[i] = runs[from]!;
      }
    }
  }
  if (flip !== 0) for (let i = 0; i < target.length; i++) target[i] = target[i]! ^ flip;
}

function brightestOf(runs: Uint16Array, length: number, channels: number): void {
  for (let reached = 1; reached < length;) {
    const by = Math.min(reached, length - reached);
    const step = by * channels;
    for (let at = 0; at + step < runs.length; at++) if (runs[at + step]! > runs[at]!) runs[at] = runs[at + step]!;
    reached += by;
  }
}
