import type { TaskDto } from '@tessera/contracts';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useParts } from '../../app/parts.ts';
import { useFormats } from '../../format/use-formats.ts';
import { isRegional } from '../jobs/region-cells.ts';
import { MachineMark } from './machine-mark.tsx';
import { machineWork, type MachineWork } from './machine-work.ts';
import { useStageWords } from './use-stage-words.ts';
import styles from './watch.module.css';

/** The machines of a job with their letters, what each has done, and what it works on. */
export function MachineList({ tasks }: { readonly tasks: readonly TaskDto[] }) {
  const words = useTranslations('watch');
  const stageWords = useStageWords();
  const { count } = useFormats();
  const { machines } = useParts();
  const work = useMemo(() => {
    const all = machineWork(tasks);
    machines.meet(all.map(({ executor }) => executor));
    return all;
  }, [tasks, machines]);

  const doing = ({ running }: MachineWork): string => {
    const [first] = running;
    if (!first) return words('machine.idle');
    if (!isRegional(first)) return words('machine.worksOn', { stage: stageWords(first.kind) });
    if (running.length > 1) return words('machine.worksOnMany', { count: running.length });
    return words('machine.works', { number: count(first.index + 1) });
  };

  return (
    <section className={styles.panel} aria-labelledby="watch-machines">
      <h3 id="watch-machines">{words('machines')}</h3>
      {work.length === 0 && <p className={styles.quiet}>{words('noMachines')}</p>}
      <ul className={styles.machines}>
        {work.map((machine) => (
          <li key={machine.executor}>
            <MachineMark look={machines.look(machine.executor)} />
            <bdi className={styles.machine}>{machine.executor}</bdi>
            <span className={styles.quiet}>
              {words('machine.regions', { count: machine.regions })} · {doing(machine)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
