import type { ImageDto } from '@tessera/contracts';
import type { ApiError } from '../../api/api-error.ts';

/**
 * `waiting` for its turn; `sending`; `checking`: all bytes are sent and the server looks at them; `ready` to be
 * processed; `refused` for good; `lost`: the server could not be reached, another attempt may succeed.
 */
export type UploadState = 'waiting' | 'sending' | 'checking' | 'ready' | 'refused' | 'lost';

/** One file of the tray. */
export interface UploadItem {
  readonly id: number;
  readonly name: string;
  readonly bytes: number;
  readonly state: UploadState;
  /** Share of the bytes sent, 0–1; never falls. */
  readonly share: number;
  readonly thumbnail?: string | undefined;
  /** The stored image, once `ready`. */
  readonly image?: ImageDto;
  /** Why it was refused or lost. */
  readonly error?: Pick<ApiError, 'code' | 'message' | 'requestId'>;
}

/** Whether something still happens to this file by itself. */
export function isUnderWay({ state }: UploadItem): boolean {
  return state === 'waiting' || state === 'sending' || state === 'checking';
}
