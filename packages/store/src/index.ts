export type {
  AttemptPolicy,
  AttemptRow,
  ChangeRow,
  ClaimLimits,
  EventOutcome,
  Expiry,
  Forgetting,
  HeldTasks,
  ImageRow,
  JobQuery,
  JobRow,
  JobStore,
  NewJob,
  PipelineRow,
  StagePaceRow,
  TaskRow,
} from './job-store.ts';
export type {
  Activity,
  ActivityRow,
  DiscardRow,
  DeadGroupRow,
  DeadJobRow,
  NewRedrive,
  OpsStore,
  RedriveRow,
  TaskNote,
  WorkCounts,
} from './ops-store.ts';
export type {
  CatalogueChangeRow,
  CatalogueEntryPatch,
  CatalogueEntryRow,
  CatalogueExtent,
  CataloguePeer,
  CatalogueProductPatch,
  CatalogueProductQuery,
  CatalogueProductRow,
  CatalogueQuery,
  CatalogueShape,
  CatalogueStore,
  NewCatalogueEntry,
  NewCatalogueProduct,
  RemoteFiles,
} from './catalogue-store.ts';
export { lockFolder, type FolderLock } from './folder-lock.ts';
export type { NewUpload, UploadRow, UploadStore } from './upload-store.ts';
export type { ClaimedDelivery, DeliveryOutcome, DeliveryRow, NewWebhook, WebhookStore } from './webhook-store.ts';
