import { STATE_LOOKS, type VisualState } from '../../theme/state-color.ts';
import styles from './state-mark.module.css';

/** The glyph of a state in its colour, with an outline so that it holds on any background. */
export function StateMark({ state }: { readonly state: VisualState }) {
  return (
    <span className={styles.mark} data-state={state} aria-hidden="true">
      {STATE_LOOKS[state].glyph}
    </span>
  );
}
