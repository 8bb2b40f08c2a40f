import type { Arrival } from './arrival.ts';

interface HandleGiver {
  /** Chromium only. */
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

function fileOf(entry: FileSystemFileEntry): Promise<Arrival[]> {
  const folder = entry.fullPath.split('/').slice(1, -1).join('/');
  return new Promise((resolve) => {
    entry.file(
      (file) => resolve([folder === '' ? { file } : { file, folder }]),
      () => resolve([]),
    );
  });
}

async function filesOfFolder(folder: FileSystemDirectoryEntry): Promise<Arrival[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  // A reader gives a folder in parts; an empty one is the last.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve) => {
      reader.readEntries(resolve, () => resolve([]));
    });
    if (part.length === 0) break;
    entries.push(...part);
  }
  return (await Promise.all(entries.filter(({ name }) => !name.startsWith('.')).map(filesOfEntry))).flat();
}

function filesOfEntry(entry: FileSystemEntry): Promise<Arrival[]> {
  return entry.isDirectory ? filesOfFolder(entry as FileSystemDirectoryEntry) : fileOf(entry as FileSystemFileEntry);
}

/** The handle must be asked for while the event lasts; it arrives later. */
function handleOf(item: DataTransferItem): Promise<FileSystemFileHandle | undefined> | undefined {
  return (item as HandleGiver)
    .getAsFileSystemHandle?.()
    .then((handle) => (handle?.kind === 'file' ? (handle as FileSystemFileHandle) : undefined))
    .catch(() => undefined);
}

/**
 * The files of a drop or a paste. What lies there as a file is given at once, so that it is seen at once; folders are
 * walked through, their hidden files left out, and come when they have been.
 */
export function droppedFiles(data: DataTransfer): {
  readonly here: readonly Arrival[];
  readonly later: Promise<readonly Arrival[]>;
} {
  const here: Arrival[] = [];
  const folders: FileSystemDirectoryEntry[] = [];
  for (const item of data.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    if (entry?.isDirectory) {
      folders.push(entry as FileSystemDirectoryEntry);
      continue;
    }
    const file = item.getAsFile();
    const handle = handleOf(item);
    if (file) here.push(handle ? { file, handle } : { file });
  }
  return { here, later: Promise.all(folders.map(filesOfFolder)).then((files) => files.flat()) };
}
