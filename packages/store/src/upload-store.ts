import type { ErrorCode } from '@tessera/contracts';

/** A file that is about to arrive in pieces. */
export interface NewUpload {
  readonly id: string;
  /** Sanitised display name. */
  readonly name: string;
  readonly bytes: number;
}

/** Whose an upload is, and how many unfinished ones such a visitor may have, this one among them. */
export interface UploadShare {
  readonly visitor: string;
  readonly most: number;
}

export interface UploadRow extends NewUpload {
  readonly createdAt: Date;
  /** When all of it had been looked at. */
  readonly endedAt: Date | null;
  /** Why it is no image; null if it is one, or not known yet. */
  readonly refusal: { readonly code: ErrorCode; readonly message: string } | null;
}

/** What is known of files that arrive in pieces. */
export interface UploadStore {
  /** False, and nothing is written, where the visitor has as many unfinished uploads already. CONFLICT if the id is taken. */
  insertUpload(upload: NewUpload, share: UploadShare): Promise<boolean>;
  getUpload(id: string): Promise<UploadRow | undefined>;
  /** Says what became of an upload: an image, or a refusal. The first word counts; unknown ids are left alone. */
  endUpload(id: string, refusal: UploadRow['refusal']): Promise<void>;
  /** Forgets one upload, or those begun so long ago by the database's clock. Gives their number. */
  forgetUploads(which: { readonly id: string } | { readonly olderThanSeconds: number }): Promise<number>;
}
