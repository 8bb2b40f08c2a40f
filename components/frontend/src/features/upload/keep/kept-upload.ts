import type { UploadItem } from '../upload-item.ts';

/** One file of a tray as it is kept over a reload. */
export interface KeptUpload extends Omit<UploadItem, 'thumbnail' | 'state'> {
  /** The tray it belongs to; a tray belongs to one tab at a time. */
  readonly tray: string;
  /** Place in the tray. */
  readonly order: number;
  /** `open`: still to be sent. */
  readonly state: 'open' | 'paused' | 'ready' | 'refused';
  /** Of the file, in milliseconds; with name and size it tells a file that is chosen again. */
  readonly lastModified: number;
  /** Address of a resumable upload that was begun. */
  readonly address?: string;
  /** Address to fetch the image from. */
  readonly source?: string;
  /** When it was last written, in milliseconds. */
  readonly at: number;
}
