import type { TaskDto } from '@tessera/contracts';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useParts } from '../../app/parts.ts';
import { useFormats } from '../../format/use-formats.ts';
import { isRegional } from '../jobs/region-cell.ts';
import { MachineMark } from './machine-mark.tsx';
import { MachineBook, type MachineWork } from './machine-book.ts';
import type { TakenOver } from './taken-over.ts';
import { TakenMark } from './taken-mark.tsx';
import { useStageWords } from './use-stage-words.ts';
import styles from './watch.module.css';

interface MachineListProps {
  readonly tasks: readonly TaskDto[];
  readonly taken: readonly TakenOver[];
}

/** The machines of a job with their letters, what each has done, what it works on, and what went from one to another. */
export function MachineList({ tasks, taken }: MachineListProps) {
  const words = useTranslations('watch');
  const stageWords = useStageWords();
  const { count } = useFormats();
  const { machines } = useParts();
  const [book] = useState(() => new MachineBook());
  const work = useMemo(() => {
    const known = book.work(tasks);
    // One that lost all that it had is told of too.
    const names = new Set(known.map(({ executor }) => executor));
    const gone = new Set(taken.map(({ from }) => from).filter((from) => !names.has(from)));
    const all = [...known, ...[...gone].sort().map((executor) => ({ executor, regions: 0, running: [] }))];
    machines.meet(all.map(({ executor }) => executor));
    return all;
  }, [book, tasks, taken, machines]);
  const handed = ({ executor }: MachineWork): readonly string[] => {
    const got = taken.filter(({ by }) => by === executor).length;
    const lost = taken.filter(({ from }) => from === executor).length;
    return [
      ...(got > 0 ? [words('machine.got', { count: got })] : []),
      ...(lost > 0 ? [words('machine.lost', { count: lost })] : []),
    ];
  };

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
            {handed(machine).map((sentence) => (
              <span key={sentence} className={styles.quiet} data-part="handed">
                <TakenMark /> {sentence}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
