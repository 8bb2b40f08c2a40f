export type {
  AttemptPolicy,
  ChangeRow,
  ClaimLimits,
  EventOutcome,
  Expiry,
  Forgetting,
  ImageRow,
  JobQuery,
  JobRow,
  JobStore,
  NewJob,
  PipelineRow,
  TaskRow,
} from './job-store.ts';
export { lockFolder, type FolderLock } from './folder-lock.ts';
