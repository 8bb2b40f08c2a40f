import { colourChannels } from '../../../raster.ts';
import type { Tile } from '../../tile.ts';
import type { Weights } from './weights.ts';

/** How far squares reach from their middle, and how far from a pixel others are searched for. */
export interface Radii {
  readonly template: number;
  readonly search: number;
}

/**
 * Sums of weighted levels and of weights: `colours + 1` numbers for each pixel of the tile and of `margin` pixels around
 * it, where what falls beyond the tile is written and never read.
 */
interface Sums {
  readonly values: Int32Array;
  readonly stride: number;
  readonly margin: number;
}

/**
 * Two pixels have the same weight for each other, so half of all offsets are enough: the squared differences between the
 * picture and itself moved by the offset are summed over squares, columns sliding down and their sum sliding along rows.
 */
export function denoiseTile(tile: Tile, radii: Radii, weights: Weights): void {
  const { rows, channels, region } = tile;
  const cells = colourChannels(channels) + 1;
  const stride = (region.width + 2 * radii.search) * cells;
  const sums = { values: new Int32Array(stride * (rows + 2 * radii.search)), stride, margin: radii.search };
  for (let dy = 0; dy <= radii.search; dy++) {
    for (let dx = dy === 0 ? 1 : -radii.search; dx <= radii.search; dx++) {
      weighOffset(tile, radii, weights, dx, dy, sums);
    }
  }
  addThemselves(tile, radii, weights.table[0]!, sums);
}

/** Adds, for all pairs of pixels that lie `dx`, `dy` apart, each one's levels to the sums of the other. */
function weighOffset(tile: Tile, radii: Radii, { shift, table }: Weights, dx: number, dy: number, sums: Sums): void {
  const { source, sourceStride, rows, channels, region } = tile;
  const { template, search } = radii;
  const reach = template + search;
  const three = colourChannels(channels) === 3;
  const cells = three ? 4 : 2;
  // The first of each pair lies in the tile, or so that the second does.
  const left = Math.min(0, -dx);
  const width = Math.max(region.width, region.width - dx) - left;
  const side = 2 * template + 1;
  const wide = width + side - 1;
  const columns = new Int32Array(wide);
  const squares = new Int32Array(side * wide);
  const apart = dy * sourceStride + dx * channels;
  const apartSums = dy * sums.stride + dx * cells;
  const { values } = sums;
  for (let row = -dy - template, slot = 0; row < rows + template; row++) {
    let at = (row + reach) * sourceStride + (left - template + reach) * channels;
    for (let i = 0, kept = slot * wide; i < wide; i++, kept++, at += channels) {
      const a = source[at]! - source[at + apart]!;
      let square = a * a;
      if (three) {
        const b = source[at + 1]! - source[at + apart + 1]!;
        const c = source[at + 2]! - source[at + apart + 2]!;
        square += b * b + c * c;
      }
      columns[i] = columns[i]! + square - squares[kept]!;
      squares[kept] = square;
    }
    slot = slot + 1 === side ? 0 : slot + 1;
    const middle = row - template;
    if (middle < -dy) continue;
    let distance = 0;
    for (let i = 0; i < side - 1; i++) distance += columns[i]!;
    let first = (middle + reach) * sourceStride + (left + reach) * channels;
    let sum = (middle + sums.margin) * sums.stride + (left + sums.margin) * cells;
    for (let i = 0; i < width; i++, first += channels, sum += cells) {
      distance += columns[i + side - 1]!;
      const index = distance >> shift;
      distance -= columns[i]!;
      if (index >= table.length) continue;
      const weight = table[index]!;
      const second = first + apart;
      const other = sum + apartSums;
      values[sum] = values[sum]! + weight * source[second]!;
      values[other] = values[other]! + weight * source[first]!;
      if (three) {
        values[sum + 1] = values[sum + 1]! + weight * source[second + 1]!;
        values[sum + 2] = values[sum + 2]! + weight * source[second + 2]!;
        values[other + 1] = values[other + 1]! + weight * source[first + 1]!;
        values[other + 2] = values[other + 2]! + weight * source[first + 2]!;
      }
      values[sum + cells - 1] = values[sum + cells - 1]! + weight;
      values[other + cells - 1] = values[other + cells - 1]! + weight;
    }
  }
}

/** Adds each pixel to its own sums, and writes their quotients. */
function addThemselves(tile: Tile, { template, search }: Radii, weight: number, sums: Sums): void {
  const { source, sourceStride, target, targetStride, rows, channels, region } = tile;
  const reach = template + search;
  const colours = colourChannels(channels);
  const cells = colours + 1;
  for (let row = 0; row < rows; row++) {
    let from = (row + reach) * sourceStride + reach * channels;
    let to = row * targetStride;
    let sum = (row + sums.margin) * sums.stride + sums.margin * cells;
    for (let x = 0; x < region.width; x++, from += channels, to += channels, sum += cells) {
      const total = sums.values[sum + colours]! + weight;
      for (let colour = 0; colour < colours; colour++) {
        const weighted = sums.values[sum + colour]! + weight * source[from + colour]!;
        target[to + colour] = (weighted + (total >> 1)) / total;
      }
    }
  }
}
