import type { JobState } from '@tessera/contracts';

/** Which of a visitor's jobs are wanted; what is left out does not narrow them. */
export interface JobQuery {
  readonly visitor: string;
  /** Jobs of one page. */
  readonly limit: number;
  /** The `next` of an earlier page. */
  readonly before?: string | undefined;
  readonly states?: readonly JobState[] | undefined;
  /** A part of the image's name or of the name of an operation, in any case; no character of it is special. */
  readonly search?: string | undefined;
  /** Submitted at this time or later, and before that one. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly batch?: string | undefined;
}
