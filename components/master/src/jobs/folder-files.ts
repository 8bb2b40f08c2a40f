import type { ObjectStore } from '@tessera/storage';

/** A file of a result of several. */
export interface FolderFile {
  readonly key: string;
  /** Within the folder. */
  readonly name: string;
  readonly bytes: number;
}

/** The files of a result of several, in the order of their names. */
export async function folderFiles(objects: Pick<ObjectStore, 'list'>, folder: string): Promise<readonly FolderFile[]> {
  const files: FolderFile[] = [];
  for await (const { key, bytes } of objects.list(folder)) files.push({ key, name: key.slice(folder.length), bytes });
  return files;
}
