import styles from './no-jobs.module.css';

const COLUMNS = 8;
const ROWS = 5;

/** Order in which the stones of the empty page appear: scattered, as regions come back from machines. */
const orderOf = (index: number): number => (index * 23) % (COLUMNS * ROWS);

/** The board before the first job: what will happen here. */
export function NoJobs() {
  return (
    <div className={styles.empty}>
      <svg className={styles.mosaic} viewBox={`0 0 ${COLUMNS * 20 - 3} ${ROWS * 20 - 3}`} aria-hidden="true">
        {Array.from({ length: COLUMNS * ROWS }, (_, index) => (
          <rect
            key={index}
            x={(index % COLUMNS) * 20}
            y={Math.floor(index / COLUMNS) * 20}
            width="17"
            height="17"
            rx="3.5"
            style={{ animationDelay: `${orderOf(index) * 55}ms` }}
          />
        ))}
      </svg>
      <p className={styles.title}>Nothing yet. Drop an image.</p>
      <p className={styles.words}>
        Its regions are worked on side by side and appear here as they are done. The result is one ordinary file, the
        same as one machine would have made.
      </p>
    </div>
  );
}
