export { SAMPLE_TYPES, type Samples } from './raster/sample-type.ts';
export type { RasterBlock } from './raster/raster-block.ts';
