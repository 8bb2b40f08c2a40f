import { useFormats } from '../../format/use-formats.ts';
import styles from './load-meter.module.css';

/** Share of a machine that is in use, 0–1, as a bar and a figure. */
export function LoadMeter({ load }: { readonly load: number }) {
  const formats = useFormats();
  const share = Math.min(1, load);
  return (
    <span className={styles.meter}>
      <span className={styles.track} aria-hidden>
        <span className={styles.fill} style={{ width: `${String(share * 100)}%` }} />
      </span>
      <span className={styles.figure}>{formats.percent(share)}</span>
    </span>
  );
}
