import type { JobDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { StateMark } from '../jobs/state-mark.tsx';
import { groupStages, type StageGroup } from './group-stages.ts';
import { stageUnderWay } from './stage-under-way.ts';
import { useStageWords } from './use-stage-words.ts';
import styles from './watch.module.css';

/** The stages of a job in their order, the last ones too: what is done, what is under way, what is to come. */
export function StageList({ job }: { readonly job: JobDto }) {
  const words = useTranslations('watch');
  const current = job.state === 'running' ? stageUnderWay(job) : undefined;
  return (
    <section className={styles.panel} aria-labelledby="watch-stages">
      <h3 id="watch-stages">{words('stageList')}</h3>
      <ol className={styles.stages}>
        {groupStages(job.stages).map((group, index) => (
          <StageRow key={index} group={group} current={current} />
        ))}
      </ol>
    </section>
  );
}

interface StageRowProps {
  readonly group: StageGroup;
  readonly current: JobDto['stages'][number] | undefined;
}

function StageRow({ group: { stages, rounds }, current }: StageRowProps) {
  const words = useTranslations('watch.rounds');
  const stageWords = useStageWords();
  const { count } = useFormats();
  const under = stages.findIndex((stage) => stage === current);
  const shown = stages[under] ?? stages[0];
  if (!shown) return null;
  const isDone = stages.every(({ tasks, done }) => done >= tasks);
  const stage = stageWords(shown.kind);
  const round = { stage, round: count(Math.floor(under / 2) + 1), most: count(rounds?.most ?? 0) };
  return (
    <li aria-current={under === -1 ? undefined : 'step'}>
      <StateMark state={isDone ? 'done' : under === -1 ? 'waiting' : 'running'} />
      <span>
        {!rounds && stage}
        {rounds && under !== -1 && words('round', round)}
        {rounds && under === -1 && (isDone ? words('rounds', { stage, rounds: rounds.needed }) : stage)}
      </span>
      {shown.tasks > 1 && (!rounds || under !== -1) && (
        <span className={styles.figure} dir="ltr">
          {count(shown.done)} / {count(shown.tasks)}
        </span>
      )}
    </li>
  );
}
