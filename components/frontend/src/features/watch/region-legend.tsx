import { useTranslations } from 'use-intl';
import type { ColourBy } from '../../app/job-search.ts';
import { useFormats } from '../../format/use-formats.ts';
import { VISUAL_STATES, type VisualState } from '../../theme/state-color.ts';
import { TIME_GRADIENT } from '../../theme/time-scale.ts';
import { countStates, type RegionCell } from '../jobs/region-cell.ts';
import { StateMark } from '../jobs/state-mark.tsx';
import { timesOf } from './region-times.ts';
import styles from './watch.module.css';

interface RegionLegendProps {
  readonly cells: readonly RegionCell[];
  readonly by: ColourBy;
  /** Whether the job ended without a result: nothing waits any more. */
  readonly ended: boolean;
}

const USUAL: readonly VisualState[] = ['waiting', 'running', 'done'];

/** How many regions are in each state, in the order in which they pass through them; and the scale of times. */
export function RegionLegend({ cells, by, ended }: RegionLegendProps) {
  const words = useTranslations('watch');
  const formats = useFormats();
  const counts = countStates(cells);
  const shown = VISUAL_STATES.filter((state) => counts[state] > 0 || USUAL.includes(state));
  const [fastest, slowest] = timesOf(cells);
  return (
    <div className={styles.legends}>
      <ul className={styles.legend} aria-label={words('legend')}>
        {shown.map((state) => (
          <li key={state} data-state={state} data-count={counts[state]}>
            <StateMark state={state} />
            {words(`states.${ended && state === 'waiting' ? 'notDone' : state}`)}
            <span className={styles.figure}>{formats.count(counts[state])}</span>
          </li>
        ))}
      </ul>
      {by === 'time' && slowest > 0 && (
        <p className={styles.scale} aria-label={words('scale.label')} role="group" dir="ltr">
          <bdi>{words('scale.fast', { duration: formats.duration(fastest / 1000) })}</bdi>
          <span className={styles.gradient} style={{ background: TIME_GRADIENT }} aria-hidden />
          <bdi>{words('scale.slow', { duration: formats.duration(slowest / 1000) })}</bdi>
        </p>
      )}
    </div>
  );
}
