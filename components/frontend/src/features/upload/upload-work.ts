/** What the tray knows of an item besides what is shown. */
export interface UploadWork {
  readonly order: number;
  /** Of the file, in milliseconds. */
  readonly lastModified: number;
  /** Undefined while it is missing, when it is sent, and for an address. */
  file: File | undefined;
  /** Address that the server fetches the image from. */
  readonly source: string | undefined;
  /** Address of a resumable upload that was begun. */
  address: string | undefined;
  /** Ends the present upload. */
  abort: AbortController;
  /** Resolves when the file was looked at: what is hopeless is refused by then. */
  look: Promise<void>;
  /** The tray under which it is kept. */
  readonly tray: string;
}
