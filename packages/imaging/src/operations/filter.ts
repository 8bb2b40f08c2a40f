import type { Region, Size } from '@tessera/contracts';
import type { Raster, Window } from '../raster.ts';
import { loadKernels, type Kernels } from '../simd/kernels.ts';
import { runTiles, type TileShape } from './run-tiles.ts';
import type { Tile } from './tile.ts';

/** A neighbourhood computation in plain arithmetic. */
export interface ScalarFilter extends TileShape {
  scalar(tile: Tile): void;
}

/** A neighbourhood computation that can be done in vectors too, with the same result: the scalar form is the reference. */
export interface Filter extends ScalarFilter {
  readonly vector: VectorFilter;
}

/** How a filter is computed on tiles that lie in the kernels' memory. */
export interface VectorFilter {
  /** Bytes of work space for tiles whose source rows are at most `stride` bytes apart. */
  scratchBytes(stride: number): number;
  run(functions: Kernels['functions'], tile: Tile, scratch: Uint8Array): void;
}

/** Computes `region` in vectors where there are any, else in plain arithmetic. */
export function runFilter(input: Window, region: Region, picture: Size, filter: Filter): Raster {
  const kernels = loadKernels();
  return kernels === null
    ? runScalar(input, region, picture, filter)
    : runVector(input, region, picture, filter, kernels);
}

/** Computes `region` in plain arithmetic. */
export function runScalar(input: Window, region: Region, picture: Size, filter: ScalarFilter): Raster {
  return runTiles(input, region, picture, filter, {
    allocate: (sourceBytes, targetBytes) => [new Uint8Array(sourceBytes), new Uint8Array(targetBytes)],
    run: (tile) => {
      filter.scalar(tile);
    },
  });
}

function runVector(input: Window, region: Region, picture: Size, filter: Filter, kernels: Kernels): Raster {
  const { vector } = filter;
  let scratch: Uint8Array = new Uint8Array();
  return runTiles(input, region, picture, filter, {
    allocate: (sourceBytes, targetBytes, sourceStride) => {
      const areas = kernels.allocate([sourceBytes, targetBytes, vector.scratchBytes(sourceStride)]);
      scratch = areas[2]!;
      return [areas[0]!, areas[1]!];
    },
    run: (tile) => {
      vector.run(kernels.functions, tile, scratch);
    },
  });
}
