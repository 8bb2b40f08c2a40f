import { useTranslations } from 'use-intl';
import { Bar } from '../../../app/bar.tsx';
import { useFormats } from '../../../format/use-formats.ts';
import { sumUp } from '../../upload/tray-sums.ts';
import type { UploadItem } from '../../upload/upload-item.ts';
import styles from './start.module.css';

interface RunLineProps {
  readonly uploads: readonly UploadItem[];
  /** 0–1, over upload and processing. */
  readonly share: number;
}

/** The bar of a run whose files are still being sent. The page of the run goes on with the same bar. */
export function RunLine({ uploads, share }: RunLineProps) {
  const words = useTranslations('upload');
  const starting = useTranslations('pipeline.start');
  const formats = useFormats();
  const { files, bytes, sent } = sumUp(uploads);
  const [first] = uploads.filter(({ state }) => state !== 'refused');
  const label = files === 1 && first ? first.name : starting('progress');
  const text = words('sent', { sent: formats.bytes(sent), bytes: formats.bytes(bytes) });
  return (
    <div className={styles.run}>
      <Bar label={label} share={share} text={text} />
    </div>
  );
}
