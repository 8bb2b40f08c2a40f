import type { ImageDto } from '@tessera/contracts';
import type { ApiError } from '../../api/api-error.ts';
import type { FileFacts } from './inspect/file-facts.ts';

/**
 * - `waiting` for its turn, or for the server to be reachable;
 * - `sending`;
 * - `checking`: all bytes are sent and the server looks at them;
 * - `ready` to be processed;
 * - `paused` by the visitor;
 * - `missing`: begun in an earlier visit, and this browser no longer holds the file: it has to be chosen again;
 * - `lost`: tried in vain as often as makes sense, another attempt may succeed;
 * - `refused` for good.
 */
export type UploadState = 'waiting' | 'sending' | 'checking' | 'ready' | 'paused' | 'missing' | 'lost' | 'refused';

/** One file of the tray. The same object as long as nothing about it changes. */
export interface UploadItem {
  /** Stays the same from the drop over reloads until the item is removed: a key for whatever shows this file. */
  readonly id: string;
  readonly name: string;
  /** Folder within a dropped folder, for example `trip/day 1`. */
  readonly folder?: string;
  /** Bytes of the file; 0 for an address whose file has not come. */
  readonly bytes: number;
  readonly state: UploadState;
  /** Share of the bytes sent, 0–1; never falls. */
  readonly share: number;
  /** What the head of the local file tells. */
  readonly facts?: FileFacts;
  /** Address of a small picture. */
  readonly thumbnail?: string;
  /** The stored image, once `ready`. */
  readonly image?: ImageDto;
  /** Why it was refused or lost. */
  readonly error?: UploadError;
}

export interface UploadError extends Pick<ApiError, 'code' | 'message'> {
  readonly requestId?: string | undefined;
  /** What the file is, where that is known and no image: for example `PDF`. */
  readonly looksLike?: string | undefined;
}

/** Whether something still happens to this file by itself. */
export function isUnderWay({ state }: UploadItem): boolean {
  return state === 'waiting' || state === 'sending' || state === 'checking';
}

/** Whether it goes on only when the visitor does something. */
export function needsAttention({ state }: UploadItem): boolean {
  return state === 'missing' || state === 'lost';
}

/** Part of one bar over upload and processing that the upload takes. */
const UPLOAD_PART = 0.3;

/**
 * One bar from the first byte sent to the finished result. The upload fills its first 30 %; the job's own share the
 * rest. Neither share ever falls, so the whole does not either; it is 1 only when the job is done, thus when the result
 * can be fetched. A page that comes to a job whose upload it did not see passes `uploaded = 1`.
 *
 * @param uploaded `UploadItem.share`, 0–1
 * @param made `JobDto.progress.share`, 0–1; 0 while there is no job
 */
export function shareOfWhole(uploaded: number, made: number): number {
  const share = UPLOAD_PART * uploaded + (1 - UPLOAD_PART) * made;
  return made >= 1 ? 1 : Math.min(share, 0.999);
}
