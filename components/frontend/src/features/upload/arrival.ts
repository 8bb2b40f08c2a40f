/** A file that comes into the tray. */
export interface Arrival {
  readonly file: File;
  /** Folder within a dropped or chosen folder. */
  readonly folder?: string;
  /** Where it lies on the visitor's disk, where the browser tells. */
  readonly handle?: Promise<FileSystemFileHandle | undefined>;
}

/** Files as they come from a dialog; of a chosen folder, hidden files are left out. */
export function chosenFiles(files: Iterable<File>): readonly Arrival[] {
  return [...files]
    .filter(({ name }) => !name.startsWith('.'))
    .map((file) => {
      const folder = file.webkitRelativePath.split('/').slice(0, -1).join('/');
      return folder === '' ? { file } : { file, folder };
    });
}
