import styles from './bar.module.css';

interface BarProps {
  /** What the bar is about, for those who can't see it. */
  readonly label: string;
  /** 0–1; undefined while nothing is known. */
  readonly share: number | undefined;
  readonly state?: 'running' | 'done' | 'failed' | 'waiting';
  /** How far it is in words, for example `312 of 800 regions, about 4 min left`. */
  readonly text?: string | undefined;
}

/** A bar that fills from its start. */
export function Bar({ label, share, text, state = 'running' }: BarProps) {
  const known = share !== undefined;
  return (
    <div
      className={styles.bar}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={known ? percentOf(share) : undefined}
      aria-valuetext={text}
      data-state={state}
      data-unknown={!known || undefined}
    >
      <div className={styles.fill} style={known ? { width: `${share * 100}%` } : undefined} />
    </div>
  );
}

/** Whole percent; 100 only for all. */
function percentOf(share: number): number {
  return share >= 1 ? 100 : Math.min(99, Math.floor(share * 100));
}
