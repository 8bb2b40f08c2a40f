import { deflateRawSync } from 'node:zlib';
import { createRaster, type Raster } from '@tessera/imaging/raster';
import { loadKernel } from '../kernel/kernel.ts';
import type { Filter } from './filter.ts';

/** How a band of rows is filtered and deflated. */
export interface Coding {
  readonly filter: Filter;
  /** Whether deflate looks for matches, by zlib; else it writes literals and runs, by the kernel. */
  readonly matches: boolean;
}

interface Candidate extends Coding {
  /** How much its size counts: what costs more time must save more bytes. */
  readonly weight: number;
}

/** The figures behind this choice: docs/decisions/0002-png-deflate.md. */
const CANDIDATES: readonly Candidate[] = [
  { filter: 'up', matches: false, weight: 1 },
  { filter: 'sub', matches: false, weight: 1 },
  { filter: 'none', matches: false, weight: 1 },
  { filter: 'average', matches: false, weight: 1 },
  { filter: 'paeth', matches: false, weight: 1 },
  // Text and drawings repeat themselves: the only pictures for which looking for matches pays.
  { filter: 'none', matches: true, weight: 1.15 },
];

/** Patches of pixels that are looked at, and how many across and down; all of them fit one piece of the kernel. */
const PATCH = { width: 256, height: 16, across: 2, down: 2 };
/** Added to every size, so that almost empty patches don't decide by a few bytes. */
const FEW_BYTES = 500;

/** Chooses by deflating a few patches of the rows in every way; equal rows give equal choices. */
export function chooseCoding(raster: Raster): Coding {
  const patches = cutPatches(raster);
  const costs = CANDIDATES.map(({ filter, matches, weight }) => {
    const lines = Buffer.concat(patches.map((patch) => filterPatch(patch, filter)));
    return (deflatedBytes(lines, matches) + FEW_BYTES) * weight;
  });
  return CANDIDATES[costs.indexOf(Math.min(...costs))]!;
}

function deflatedBytes(lines: Uint8Array, matches: boolean): number {
  if (matches) return deflateRawSync(lines, { level: 1 }).length;
  const kernel = loadKernel();
  return kernel.deflate(kernel.place(lines)).length;
}

/** The filtered rows of a patch without its first one, which has no row above. */
function filterPatch(patch: Raster, filter: Filter): Uint8Array {
  const kernel = loadKernel();
  return patch.height === 1 ? patch.data : kernel.piece(kernel.filterRows(patch, 1, patch.height, filter)).slice();
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
