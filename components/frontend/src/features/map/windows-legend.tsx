import { useTranslations } from 'use-intl';
import { useParts } from '../../app/parts.ts';
import { MachineMark } from '../watch/machine-mark.tsx';
import styles from './map-panel.module.css';
import type { LiveWindows } from './use-live-windows.ts';

/** Which machine has which letter and colour on the map, and what each has done: the windows in words. */
export function WindowsLegend({ windows: { machines, count } }: { readonly windows: LiveWindows }) {
  const words = useTranslations('map.windows');
  const { machines: memory } = useParts();
  const done = machines.reduce((sum, machine) => sum + machine.done, 0);
  if (count === 0) return null;
  return (
    <section className={styles.stack} aria-label={words('name')}>
      <p className={styles.hint}>{words('done', { done, count })}</p>
      <ul className={styles.machines}>
        {machines.map(({ executor, running, done: finished }) => (
          <li key={executor}>
            <MachineMark look={memory.look(executor)} />
            <bdi dir="ltr">{executor}</bdi>
            <span>{words('machine', { running, done: finished })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
