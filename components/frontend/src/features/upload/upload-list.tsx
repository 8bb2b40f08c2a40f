import { isUnderWay, type UploadItem } from './upload-item.ts';
import { UploadRow } from './upload-row.tsx';
import type { UploadTray } from './upload-tray.ts';
import styles from './upload.module.css';

interface UploadListProps {
  readonly uploads: readonly UploadItem[];
  readonly tray: UploadTray;
}

/** Sums up the tray: `3 images ready · 1 uploading · 1 refused`. */
function sentenceOf(uploads: readonly UploadItem[]): string {
  const count = (states: readonly UploadItem['state'][]): number =>
    uploads.filter(({ state }) => states.includes(state)).length;
  const ready = count(['ready']);
  const parts: [number, string][] = [
    [ready, ready === 1 ? 'image ready' : 'images ready'],
    [uploads.filter(isUnderWay).length, 'uploading'],
    [count(['refused']), 'refused'],
    [count(['lost']), 'not uploaded'],
  ];
  return parts
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${number} ${words}`)
    .join(' · ');
}

/** The files of the tray with a line that sums them up. */
export function UploadList({ uploads, tray }: UploadListProps) {
  return (
    <>
      <p className={styles.sum} role="status">
        {sentenceOf(uploads)}
      </p>
      <ul className={styles.list} aria-label="Chosen images">
        {uploads.map((item) => (
          <UploadRow key={item.id} item={item} onRemove={(id) => tray.remove(id)} onRetry={(id) => tray.retry(id)} />
        ))}
      </ul>
    </>
  );
}
