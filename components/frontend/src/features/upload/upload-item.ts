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
  /** This browser can not draw the picture: the server's is shown once it has the image. */
  readonly undrawn?: true;
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

/** Whether it is no picture but measured values, of which products are made. */
export function isRaster({ image, facts }: Pick<UploadItem, 'image' | 'facts'>): boolean {
  return (image?.format ?? facts?.format) === 'raster';
}

/** Whether something still happens to this file by itself. */
export function isUnderWay({ state }: UploadItem): boolean {
  return state === 'waiting' || state === 'sending' || state === 'checking';
}

/** Whether it goes on only when the visitor does something. */
export function needsAttention({ state }: UploadItem): boolean {
  return state === 'missing' || state === 'lost';
}
