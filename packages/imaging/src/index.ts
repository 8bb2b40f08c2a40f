export { colourChannels, createRaster, hasAlpha, type Raster, type Window } from './raster.ts';
export {
  contains,
  gridColumns,
  gridCount,
  gridRegion,
  gridRows,
  grow,
  intersect,
  regionOf,
  wholeOf,
} from './region.ts';
export type { GlobalOperation, NeighbourhoodOperation, Operation, PointOperation } from './operation.ts';
