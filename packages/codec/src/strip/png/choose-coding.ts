import { constants, deflateRawSync } from 'node:zlib';
import { createRaster, type Raster } from '@tessera/imaging';
import { filterRows, type Filter } from './filter.ts';

/** How a band of rows is filtered and deflated. */
export interface Coding {
  readonly filter: Filter;
  /** Level and strategy of deflate. */
  readonly level: number;
  readonly strategy: number;
}

interface Candidate extends Coding {
  /** How much its size counts: what costs more time must save more bytes. */
  readonly weight: number;
}

const runs = { level: 1, strategy: constants.Z_RLE };
/** The figures behind this choice: docs/decisions/0002-png-deflate.md. */
const CANDIDATES: readonly Candidate[] = [
  { filter: 'up', ...runs, weight: 1 },
  { filter: 'sub', ...runs, weight: 1 },
  { filter: 'none', ...runs, weight: 1 },
  { filter: 'average', ...runs, weight: 1.06 },
  // Drawings and text repeat themselves: the only pictures for which looking for matches pays.
  { filter: 'none', level: 1, strategy: constants.Z_DEFAULT_STRATEGY, weight: 1.15 },
];

/** Added to every size, so that almost empty patches don't decide by a few bytes. */
const FEW_BYTES = 500;
/** Patches of pixels that are looked at, and how many across and down. */
const PATCH = { width: 256, height: 16, across: 2, down: 2 };

/** Chooses by deflating a few patches of the rows in every way; equal rows give equal choices. */
export function chooseCoding(raster: Raster): Coding {
  const patches = cutPatches(raster);
  const costs = CANDIDATES.map(({ filter, level, strategy, weight }) => {
    const lines = Buffer.concat(patches.map((patch) => filterPatch(patch, filter)));
    return (deflateRawSync(lines, { level, strategy }).length + FEW_BYTES) * weight;
  });
  return CANDIDATES[costs.indexOf(Math.min(...costs))]!;
}

/** The filtered rows of a patch without its first one, which has no row above. */
function filterPatch(patch: Raster, filter: Filter): Uint8Array {
  const first = Math.min(1, patch.height - 1);
  const lines = new Uint8Array((patch.height - first) * (1 + patch.width * patch.channels));
  filterRows(patch, first, patch.height, filter, lines);
  return lines;
}

/** Patches spread evenly over the raster, fewer where it is small. */
function cutPatches(raster: Raster): readonly Raster[] {
  const { channels } = raster;
  const width = Math.min(PATCH.width, raster.width);
  const height = Math.min(PATCH.height, raster.height);
  const across = Math.min(PATCH.across, Math.floor(raster.width / width));
  const down = Math.min(PATCH.down, Math.floor(raster.height / height));
  return Array.from({ length: across * down }, (_, i) => {
    const patch = createRaster(width, height, channels);
    const x = spread(i % across, across, raster.width - width);
    const y = spread(Math.floor(i / across), down, raster.height - height);
    for (let row = 0; row < height; row += 1) {
      const start = ((y + row) * raster.width + x) * channels;
      patch.data.set(raster.data.subarray(start, start + width * channels), row * width * channels);
    }
    return patch;
  });
}

/** The middle of part `index` of `count` equal parts of `room`. */
function spread(index: number, count: number, room: number): number {
  return Math.floor(((2 * index + 1) * room) / (2 * count));
}
