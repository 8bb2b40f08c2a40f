import type { Region, Size } from '@tessera/contracts';
import type { Raster, Window } from '../raster.ts';
import { loadKernels, type Kernels } from '../simd/kernels.ts';
import { runTiles, type TileBytes, type TileShape } from './run-tiles.ts';
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
  /** Bytes of work space that the largest tile needs. */
  scratchBytes(tile: TileBytes): number;
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
    allocate: ({ source, target }) => [new Uint8Array(source), new Uint8Array(target)],
    run: (tile) => {
      filter.scalar(tile);
    },
  });
}

function runVector(input: Window, region: Region, picture: Size, filter: Filter, kernels: Kernels): Raster {
  const { vector } = filter;
  let scratch: Uint8Array = new Uint8Array();
  return runTiles(input, region, picture, filter, {
    allocate: (bytes) => {
      const areas = kernels.allocate([bytes.source, bytes.target, vector.scratchBytes(bytes)]);
      scratch = areas[2]!;
      return [areas[0]!, areas[1]!];
    },
    run: (tile) => {
      vector.run(kernels.functions, tile, scratch);
    },
  });
}
