import { isUnderWay, type UploadItem } from '../upload/upload-item.ts';

/** What the start button says: how many jobs it starts, and whether it waits for uploads. */
export function startLabel(uploads: readonly UploadItem[]): string {
  const open = uploads.filter(isUnderWay).length;
  const jobs = open + uploads.filter(({ state }) => state === 'ready').length;
  if (jobs === 0) return 'Start';
  const words = jobs === 1 ? 'Start' : `Start ${jobs} jobs`;
  return open > 0 ? `${words} when uploaded` : words;
}
