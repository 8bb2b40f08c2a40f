import type { UploadError, UploadItem } from './upload-item.ts';

export interface RefusalGroup {
  readonly code: UploadError['code'];
  readonly items: readonly UploadItem[];
}

/** The refused files by their reason, the most frequent first. */
export function groupRefusals(items: readonly UploadItem[]): readonly RefusalGroup[] {
  const groups = new Map<UploadError['code'], { code: UploadError['code']; items: UploadItem[] }>();
  for (const item of items) {
    if (item.state !== 'refused' || !item.error) continue;
    const { code } = item.error;
    const group = groups.get(code) ?? { code, items: [] };
    group.items.push(item);
    groups.set(code, group);
  }
  return [...groups.values()].sort((a, b) => b.items.length - a.items.length);
}
