import type { ImageDto } from '@tessera/contracts';
import type { ResumableOptions } from '../../api/resumable-upload.ts';
import type { UploadOptions } from '../../api/upload-image.ts';

/** The ways in which an image comes to the server. All reject with an `ApiError`. */
export interface Transport {
  /** In one request; begun anew after an interruption. */
  whole(file: File, options: UploadOptions): Promise<ImageDto>;
  /** In several requests; goes on where it was interrupted. */
  resumably(file: File, options: ResumableOptions): Promise<ImageDto>;
  /** The server fetches it. */
  fetched(source: string, signal: AbortSignal): Promise<ImageDto>;
  /** A resumable upload will not go on. */
  forget(address: string): Promise<void>;
}
