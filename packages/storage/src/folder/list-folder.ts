import { compareKeys } from '../object-key.ts';
import { guarded } from './folder-error.ts';
import type { FolderLayout } from './folder-layout.ts';

/**
 * Walks the files under a prefix depth first. A folder sorts as its name with a slash at the end: then the walk visits
 * keys in the order of their bytes.
 */
export async function* listFolder(layout: FolderLayout, prefix: string): AsyncGenerator<string, void, void> {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const entries = await guarded(prefix, () => layout.entries(folder));
  const keys = entries.map((entry) => `${folder}${entry.name}${entry.isFolder ? '/' : ''}`);
  for (const key of keys.sort(compareKeys)) {
    // A longer prefix than the name of a folder can not be: `folder` ends at the prefix's last slash.
    if (!key.startsWith(prefix)) continue;
    if (key.endsWith('/')) yield* listFolder(layout, key);
    else yield key;
  }
}
