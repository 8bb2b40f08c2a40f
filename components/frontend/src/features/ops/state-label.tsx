import { useTranslations } from 'use-intl';
import styles from './state-label.module.css';

/** States that operators meet, each with a glyph, for colour alone says nothing. */
const GLYPHS = {
  busy: '▸',
  idle: '○',
  draining: '⇥',
  unwilling: '⏸',
  gone: '✕',
  publishing: '✓',
  connected: '✓',
  blocked: '⏸',
  disconnected: '✕',
  waiting: '·',
  running: '▸',
  done: '✓',
  cancelled: '–',
} as const;

export type OpsState = keyof typeof GLYPHS;

/** A state as glyph and word. */
export function StateLabel({ state }: { readonly state: OpsState }) {
  const words = useTranslations('ops');
  return (
    <span className={styles.state} data-state={state}>
      <span className={styles.mark} aria-hidden>
        {GLYPHS[state]}
      </span>
      {words(`states.${state}`)}
    </span>
  );
}
