import { ActionIcon } from '@mantine/core';
import { IconPhoto, IconRefresh, IconX } from '@tabler/icons-react';
import { Bar } from '../../app/bar.tsx';
import { formatBytes } from '../../format/bytes.ts';
import { formatSize } from '../../format/pixels.ts';
import { Problem } from '../problem/problem.tsx';
import { isUnderWay, type UploadItem } from './upload-item.ts';
import styles from './upload.module.css';

interface UploadRowProps {
  readonly item: UploadItem;
  readonly onRemove: (id: number) => void;
  readonly onRetry: (id: number) => void;
}

function factsOf({ state, bytes, share, image }: UploadItem): string {
  switch (state) {
    case 'waiting':
      return `${formatBytes(bytes)} · waiting for its turn`;
    case 'sending':
      return `${formatBytes(bytes * share)} of ${formatBytes(bytes)}`;
    case 'checking':
      return `${formatBytes(bytes)} · being looked at`;
    case 'ready':
      return image ? `${formatSize(image.width, image.height)} · ${formatBytes(image.bytes)}` : formatBytes(bytes);
    case 'refused':
    case 'lost':
      return formatBytes(bytes);
  }
}

/** One file of the tray: its picture, how far it is, or why it was refused. */
export function UploadRow({ item, onRemove, onRetry }: UploadRowProps) {
  const { id, name, state, share, thumbnail, error } = item;
  return (
    <li className={styles.row} data-state={state} aria-label={name}>
      <div className={styles.thumb}>
        {thumbnail ? <img src={thumbnail} alt="" /> : <IconPhoto size={20} stroke={1.4} aria-hidden />}
      </div>
      <div className={styles.words}>
        <p className={styles.name} title={name}>
          {name}
        </p>
        <p className={styles.facts}>{factsOf(item)}</p>
        {isUnderWay(item) && <Bar label={`Upload of ${name}`} share={state === 'checking' ? undefined : share} />}
        {error && (state === 'refused' || state === 'lost') && <Problem error={error} undertaking="upload" />}
      </div>
      <div className={styles.actions}>
        {state === 'lost' && (
          <ActionIcon variant="subtle" color="gray" aria-label={`Upload ${name} again`} onClick={() => onRetry(id)}>
            <IconRefresh size={16} />
          </ActionIcon>
        )}
        <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${name}`} onClick={() => onRemove(id)}>
          <IconX size={16} />
        </ActionIcon>
      </div>
    </li>
  );
}
