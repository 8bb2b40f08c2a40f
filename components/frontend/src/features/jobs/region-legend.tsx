import { STATE_LOOKS, VISUAL_STATES, type VisualState } from '../../theme/state-color.ts';
import styles from './region-legend.module.css';
import { countStates, type RegionCell } from './region-cells.ts';
import { StateMark } from './state-mark.tsx';

interface RegionLegendProps {
  readonly cells: readonly RegionCell[];
  /** Whether the job ended without a result: nothing waits any more. */
  readonly ended: boolean;
}

/** How many regions are in each state; the words behind the picture. */
export function RegionLegend({ cells, ended }: RegionLegendProps) {
  const counts = countStates(cells);
  const usual: readonly VisualState[] = ended ? ['waiting', 'done'] : ['waiting', 'running', 'done'];
  const shown = VISUAL_STATES.filter((state) => counts[state] > 0 || usual.includes(state));
  return (
    <ul className={styles.legend} aria-label="Regions">
      {shown.map((state) => (
        <li key={state}>
          <StateMark state={state} /> {counts[state]}{' '}
          {ended && state === 'waiting' ? 'not done' : STATE_LOOKS[state].label.toLowerCase()}
        </li>
      ))}
    </ul>
  );
}
