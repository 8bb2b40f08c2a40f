import { IconMap, IconPhoto } from '@tabler/icons-react';
import styles from './tray.module.css';
import type { UploadItem } from './upload-item.ts';

/** The picture of a file; where this browser can not draw one, what it is. */
export function Thumbnail({ item: { thumbnail, facts } }: { readonly item: UploadItem }) {
  return (
    <span className={styles.thumb}>
      {thumbnail !== undefined && <img src={thumbnail} alt="" decoding="async" draggable={false} />}
      {thumbnail === undefined && facts?.format === 'tiff' && (
        <span className={styles.kind} aria-hidden>
          <IconMap size={18} stroke={1.4} />
          TIFF
        </span>
      )}
      {thumbnail === undefined && facts?.format !== 'tiff' && <IconPhoto size={20} stroke={1.4} aria-hidden />}
    </span>
  );
}
