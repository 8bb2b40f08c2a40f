function fileOf(entry: FileSystemFileEntry): Promise<File[]> {
  return new Promise((resolve) => {
    entry.file(
      (file) => resolve([file]),
      () => resolve([]),
    );
  });
}

async function filesOfFolder(folder: FileSystemDirectoryEntry): Promise<File[]> {
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

function filesOfEntry(entry: FileSystemEntry): Promise<File[]> {
  return entry.isDirectory ? filesOfFolder(entry as FileSystemDirectoryEntry) : fileOf(entry as FileSystemFileEntry);
}

/** The files of a drop or a paste; folders are walked through, their hidden files left out. */
export async function droppedFiles(data: DataTransfer): Promise<readonly File[]> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (!entries.some(({ isDirectory }) => isDirectory)) return [...data.files];
  return (await Promise.all(entries.map(filesOfEntry))).flat();
}
