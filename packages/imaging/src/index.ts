export { estimateBytes, type ByteRange } from './cost/estimate-bytes.ts';
export { estimateLeft, type Left, type LeftQuestion, type Speeds } from './cost/estimate-left.ts';
export { shareDone, stageCosts, workOf, type StageCost } from './cost/stage-costs.ts';
export { withMeasured } from './cost/with-measured.ts';
export { speedSeen } from './cost/stage-pace.ts';
export { crop } from './crop.ts';
export { toDepth, toShallow } from './depth.ts';
export { blockDigests, pixelDigest, BLOCK_HEIGHT, BLOCK_WIDTH } from './digest.ts';
export { KERNEL_VERSION } from './kernel-version.ts';
export { MAX_ROUNDS } from './operation.ts';
export type {
  GeometryOperation,
  GlobalOperation,
  NeighbourhoodOperation,
  Operation,
  PointOperation,
} from './operation.ts';
export { channelsAfter, haloOf, roundsOf } from './pass/halo.ts';
export { NO_OTHERS, type OtherRegion, type OtherSource, type OtherSources } from './pass/other-pictures.ts';
export { nameOfWish, type OtherWish, type TextMark } from './pass/other-wish.ts';
export { otherWishes, type StepWish } from './pass/other-wishes.ts';
export {
  mergePartials,
  observePass,
  passInput,
  passOthers,
  reportState,
  runPass,
  type Cell,
  type MergedState,
} from './pass/run-pass.ts';
export { inputOf, runSteps, type ReadWindow } from './pass/run-steps.ts';
export {
  countsColours,
  overviewStates,
  previewInput,
  previewIsExact,
  previewOthers,
  runPreview,
} from './preview/run-preview.ts';
export { sizeAfter, sizesThrough } from './pass/walk.ts';
export { scalePipeline } from './preview/scale-pipeline.ts';
export type { CostTable } from './cost/cost-table.ts';
export { DEFAULT_COSTS } from './cost/default-costs.ts';
export { checkDepth, depthsOf } from './plan/check-depth.ts';
export { estimate } from './plan/cost.ts';
export { OUTPUT_FORMATS, type OutputFormatFacts } from './plan/output-format.ts';
export { planJob, type PlanOptions } from './plan/plan-job.ts';
export { DEFAULT_PLAN_LIMITS, type PlanLimits } from './plan/plan-limits.ts';
export { outputFor, resolveOutput } from './plan/resolve-output.ts';
export { reuseKey } from './plan/reuse-key.ts';
export {
  bytesOf,
  colourChannels,
  createRaster,
  createSamples,
  depthOf,
  hasAlpha,
  isDeep,
  sampleBytes,
  sampleMax,
  type Raster,
  type Samples,
  type SamplesOf,
  type Window,
} from './raster.ts';
export { recycle, unwrittenRaster } from './spare-memory.ts';
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
export { halve } from './tiles/halve.ts';
export { countTiles, tileLevels, tileRegion, tilesIn, tilesOfLevel, type TilePlace } from './tiles/levels.ts';
export { IIIF_ID, tileExtension, tileName, tilesMain, tilesManifest, type TileNaming } from './tiles/tile-names.ts';
export { isTrim, trimmed } from './pass/trimmed.ts';
export { settle } from './pass/settle.ts';
export { operationFor } from './registry.ts';
