import { TAKEN_GLYPH } from './region-marks.ts';
import styles from './taken-mark.module.css';

/** The mark of a region that another machine took over. */
export function TakenMark() {
  return (
    <span className={styles.mark} aria-hidden>
      {TAKEN_GLYPH}
    </span>
  );
}
