export type {
  AttemptPolicy,
  ChangeRow,
  ClaimLimits,
  EventOutcome,
  ImageRow,
  JobRow,
  JobStore,
  NewJob,
  TaskRow,
} from './job-store.ts';
