export { SAMPLE_TYPES, type Samples } from './raster/sample-type.ts';
export type { RasterBlock } from './raster/raster-block.ts';
export type { Expression } from './algebra/expression.ts';
export { parseExpression } from './algebra/parse-expression.ts';
export { indexExpression } from './algebra/index-expression.ts';
export { DEFAULT_NODATA, computeIndex, type IndexBand, type IndexOptions } from './algebra/compute-index.ts';
export { UNSCALED, fileScaling, reflectance } from './algebra/scaling.ts';
export { sentinel2Scaling, stacScaling, type Sentinel2Facts, type StacBand } from './algebra/sentinel-2.ts';
