/**
 * The words and shapes that every part of Tessera shares.
 *
 * image      an uploaded file in the object store, with probed facts
 * operation  a named transformation with typed parameters
 * pipeline   an ordered list of operations (steps) and an output encoding
 * job        one pipeline over one image; the unit a visitor sees
 * batch      jobs submitted together
 * plan       pure data: the job's stages and their tasks
 * stage      tasks that may run side by side; the next starts when all are done
 * task       what one message asks one executor to do
 * region     a half-open pixel rectangle of the picture
 * halo       extra pixels around a region that a neighbourhood operation reads
 * partial    a small mergeable summary of one region
 * strip      an encoded piece of the output file, ready for concatenation
 * raster     samples of any type in bands, with a place on the earth
 * attempt    one delivery of a task
 */
export { ERROR_CODES, isErrorCode, type ErrorCode, type ErrorCodeFacts } from './error-code.ts';
export { errorCodeSchema } from './error-code-schema.ts';
export { regionSchema, sizeSchema, gridSchema, type Region, type Size, type Grid } from './region.ts';
export { depthSchema, type Depth } from './depth.ts';
export {
  imageFactsSchema,
  imageRefSchema,
  inputFormatSchema,
  isPictureFormat,
  pictureSchema,
  sourceFormatSchema,
  type ImageFacts,
  type ImageRef,
  type InputFormat,
  type Picture,
  type SourceFormat,
} from './image.ts';
export { otherPictureSchema, type OtherPicture } from './other-picture.ts';
export { type OperationCategory, type OperationDefinition } from './operations/definition.ts';
export {
  OPERATIONS,
  pipelineSchema,
  stepSchema,
  type OperationName,
  type OperationParams,
  type Pipeline,
  type Step,
  type StepInput,
} from './operations/index.ts';
export { ANCHORS, type Anchor } from './operations/placement.ts';
export { parameterSchema } from './operations/parameter-schema.ts';
export { parseKernel, type Kernel } from './operations/kernel.ts';
export { formatPoints, MOST_POINTS, parsePoints, readPoints, type Point } from './operations/points.ts';
export { parseCurve } from './operations/curve.ts';
export { PRESETS, type Preset } from './operations/presets.ts';
export {
  outputFormatSchema,
  outputRequestSchema,
  outputSchema,
  type Output,
  type OutputFormat,
  type OutputRequest,
} from './output.ts';
export {
  cellsLeftBy,
  cellsOf,
  halfOf,
  cellsSchema,
  sourceSizeOf,
  basicStageSchema,
  isRasterStage,
  passSchema,
  planSchema,
  sequenceStageSchema,
  sourceSchema,
  stageAfter,
  stageSchema,
  type BasicStage,
  type Cells,
  type Pass,
  type Plan,
  type SequenceStage,
  type Source,
  type Stage,
  type StageKind,
} from './plan.ts';
export type { StagePace } from './stage-pace.ts';
export {
  MAX_MESSAGE_BYTES,
  MESSAGE_VERSION,
  controlSchema,
  presenceSchema,
  resultFactsSchema,
  taskEventSchema,
  taskMessageSchema,
  type Control,
  type Presence,
  type ResultFacts,
  type TaskEvent,
  type TaskMessage,
} from './message.ts';
export {
  MAX_IMAGES_PER_JOB_REQUEST,
  jobErrorSchema,
  jobRequestSchema,
  jobResultSchema,
  jobSchema,
  jobStateSchema,
  splitSchema,
  taskSchema,
  taskStateSchema,
  type JobDto,
  type JobError,
  type JobRequest,
  type JobResult,
  type JobState,
  type Split,
  type TaskDto,
  type TaskState,
} from './job.ts';
export {
  attemptListSchema,
  attemptOutcomeSchema,
  attemptSchema,
  type AttemptDto,
  type AttemptOutcome,
} from './attempt.ts';
export {
  batchSchema,
  errorBodySchema,
  executorListSchema,
  imageSchema,
  imagesCreatedSchema,
  jobListSchema,
  jobsCreatedSchema,
  operationListSchema,
  operationSchema,
  readinessSchema,
  taskChangeSchema,
  taskListSchema,
  type ErrorBody,
  type ImageDto,
  type OperationDto,
  type TaskChange,
} from './http.ts';
export {
  clearRuleSchema,
  compositeRuleSchema,
  compositeSchema,
  type ClearRule,
  type Composite,
  type CompositeRule,
} from './composite.ts';
export { medianRequestSchema, pushEnvelopeSchema, type MedianRequest } from './median.ts';
export { forgetRequestSchema, forgottenSchema, type ForgetRequest } from './forget.ts';
export {
  MAX_SAVED_PIPELINES,
  newPipelineSchema,
  pipelineChangeSchema,
  savedPipelineListSchema,
  savedPipelineSchema,
  type NewPipeline,
  type PipelineChange,
  type SavedPipelineDto,
} from './saved-pipeline.ts';
export { uploadedImageSchema, type UploadedImageDto } from './upload.ts';
export { fetchImageSchema, siteSchema, type FetchImageRequest, type SiteDto } from './site.ts';
export {
  MAX_PREVIEW_SIDE,
  THUMBNAIL_SIDES,
  estimateRequestSchema,
  estimateSchema,
  histogramSchema,
  previewRequestSchema,
  zoomSchema,
  type EstimateDto,
  type HistogramDto,
  type PreviewRequest,
  type StepShare,
  type ThumbnailSide,
  type ZoomDto,
} from './zoom.ts';
export {
  MAX_REDRIVE_RATE,
  deadFilterSchema,
  deadGroupSchema,
  deadGroupsSchema,
  deadJobSchema,
  deadJobsSchema,
  discardRequestSchema,
  discardListSchema,
  discardSchema,
  discardedSchema,
  opsAccessSchema,
  opsExecutorDetailSchema,
  opsExecutorSampleSchema,
  opsExecutorSchema,
  opsExecutorsSchema,
  opsOverviewSchema,
  opsQueueSchema,
  opsQueuesSchema,
  opsRelaySchema,
  opsSampleSchema,
  opsSeriesSchema,
  opsSpanSchema,
  opsStorageSchema,
  opsTaskSchema,
  redriveAnswerSchema,
  redriveCountSchema,
  redriveListSchema,
  redriveRequestSchema,
  redriveSchema,
  redriveStateSchema,
  type DeadFilter,
  type DiscardDto,
  type DeadGroup,
  type DeadGroupsDto,
  type DeadJob,
  type DeadJobsDto,
  type OpsExecutor,
  type OpsExecutorDetailDto,
  type OpsExecutorsDto,
  type OpsOverviewDto,
  type OpsQueue,
  type OpsQueuesDto,
  type OpsRelay,
  type OpsSample,
  type OpsSeriesDto,
  type OpsSpan,
  type OpsStorageDto,
  type OpsTask,
  type RedriveDto,
  type RedriveRequest,
  type RedriveState,
} from './ops.ts';
export {
  bandFactsSchema,
  geoTransformSchema,
  nodataSchema,
  rasterFactsSchema,
  sampleTypeSchema,
  type BandFacts,
  type GeoTransform,
  type Nodata,
  type RasterFacts,
  type SampleType,
} from './raster.ts';
export { bandRoleSchema, type BandRole } from './band-role.ts';
export { legendSchema, paletteSchema, stretchSchema, type Legend, type Palette, type Stretch } from './palette.ts';
export {
  INDICES,
  MAX_EXPRESSION_LENGTH,
  rasterIndexSchema,
  type IndexDefinition,
  type IndexName,
  type RasterIndex,
  type RasterIndexInput,
} from './raster-index.ts';
export { bandProvenanceSchema, scalingSchema, type BandProvenance, type Scaling } from './reflectance.ts';
export {
  bandRefSchema,
  rasterPlaceSchema,
  rasterSourceSchema,
  sceneBandSchema,
  sceneSchema,
  sourceSetSchema,
  type BandRef,
  type RasterPlace,
  type RasterSource,
  type Scene,
  type SceneBand,
  type SourceSet,
} from './source-set.ts';
export {
  overviewRuleSchema,
  rasterCompressionSchema,
  rasterComputeSchema,
  rasterStageSchema,
  rasterTargetSchema,
  rasterWorkSchema,
  type OverviewRule,
  type RasterCompression,
  type RasterCompute,
  type RasterStage,
  type RasterTarget,
  type RasterWork,
} from './raster-work.ts';
export {
  bandWishSchema,
  MAX_PRODUCT_NAME,
  MAX_SCENES,
  productCreatedSchema,
  productOutputSchema,
  productRequestSchema,
  rasterWishSchema,
  type BandWish,
  type CompositeWish,
  type IndexWish,
  type ProductRequest,
  type RasterWish,
} from './product.ts';
export {
  mosaicCollectionListSchema,
  mosaicCollectionSchema,
  mosaicCreatedSchema,
  mosaicRequestSchema,
  mosaicRuleSchema,
  mosaicSceneSchema,
  type MosaicCollection,
  type MosaicCollectionList,
  type MosaicCreated,
  type MosaicRequest,
  type MosaicRule,
  type MosaicScene,
} from './mosaic.ts';
export { resamplingSchema, type Resampling } from './resampling.ts';
export { completenessSchema, missingSceneSchema, type Completeness, type MissingScene } from './completeness.ts';
export { opsDeliveriesSchema, opsDeliverySchema, type OpsDeliveriesDto, type OpsDelivery } from './ops-deliveries.ts';
export { productFactsSchema, type ProductFacts } from './product-facts.ts';
export { pictureWishSchema, rasterPictureSchema, type PictureWish, type RasterPicture } from './raster-picture.ts';
export {
  companionFactsSchema,
  companionRoleSchema,
  companionSchema,
  type Companion,
  type CompanionFacts,
  type CompanionRole,
} from './companion.ts';
export { reportFactsSchema, reportRefSchema, type ReportFacts, type ReportRef } from './reports/report-facts.ts';
export { reportSchema, type Report, type ReportOf } from './reports/index.ts';
export { statisticsReportSchema, type ChannelStatistics, type StatisticsReport } from './reports/statistics.ts';
export {
  connectedComponentsReportSchema,
  MOST_COMPONENTS,
  type Component,
  type ConnectedComponentsReport,
} from './reports/connected-components.ts';
export { kMeansReportSchema, type KMeansReport } from './reports/k-means.ts';
export { strategySchema, type Strategy } from './strategy.ts';
export {
  deliveryListSchema,
  deliverySchema,
  deliveryStateSchema,
  deliveryTypeSchema,
  webhookCreatedSchema,
  webhookRequestSchema,
  type DeliveryDto,
  type DeliveryState,
  type WebhookRequest,
} from './webhook.ts';
export {
  batchEndFactsSchema,
  jobEndFactsSchema,
  webhookEventSchema,
  type BatchEndFacts,
  type JobEndFacts,
  type WebhookEvent,
} from './webhook-event.ts';
export {
  bboxSchema,
  geometrySchema,
  outlineSchema,
  positionSchema,
  type Bbox,
  type Geometry,
  type Outline,
  type Position,
} from './geojson.ts';
export { catalogueShareSchema, catalogueWishShape } from './catalogue-words.ts';
export {
  catalogueKindSchema,
  catalogueProductChangeSchema,
  catalogueProductFeaturesSchema,
  catalogueProductListSchema,
  catalogueProductSchema,
  type CatalogueKind,
  type CatalogueProduct,
  type CatalogueProductChange,
} from './catalogue-product.ts';
export {
  MAX_CATALOGUE_ENTRIES,
  catalogueEntryChangeSchema,
  catalogueEntryFeaturesSchema,
  catalogueEntryKindSchema,
  catalogueEntryListSchema,
  catalogueEntrySchema,
  newCatalogueEntrySchema,
  type CatalogueEntry,
  type CatalogueEntryChange,
  type CatalogueEntryKind,
  type NewCatalogueEntry,
} from './catalogue-entry.ts';
export {
  MAX_CATALOGUE_PAGE,
  bboxTextSchema,
  catalogueEntryQuerySchema,
  catalogueProductQuerySchema,
} from './catalogue-search.ts';
export {
  MAX_CATALOGUE_RECORDS,
  catalogueChangesSchema,
  catalogueRecordSchema,
  catalogueRecordsSchema,
  catalogueRecordsTakenSchema,
  catalogueSiteSchema,
  entryRecordSchema,
  productRecordSchema,
  type CatalogueChanges,
  type CatalogueRecord,
  type EntryRecord,
  type ProductRecord,
} from './catalogue-record.ts';
export { costKnotSchema, costTableSchema, type CostKnot, type MeasuredCosts } from './cost-table.ts';
export { TILE_SIDES, tileLayoutSchema, tilesRequestSchema, tilesSchema, type TileLayout, type Tiles } from './tiles.ts';
export { isFolder, resultFilesSchema, type ResultFiles, type ResultFilesRef } from './result-files.ts';
