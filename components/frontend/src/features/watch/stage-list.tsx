import type { JobDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { StateMark } from '../jobs/state-mark.tsx';
import { stageUnderWay } from './stage-under-way.ts';
import { useStageWords } from './use-stage-words.ts';
import styles from './watch.module.css';

/** The stages of a job in their order, the last ones too: what is done, what is under way, what is to come. */
export function StageList({ job }: { readonly job: JobDto }) {
  const words = useTranslations('watch');
  const stageWords = useStageWords();
  const { count } = useFormats();
  const current = job.state === 'running' ? stageUnderWay(job) : undefined;
  return (
    <section className={styles.panel} aria-labelledby="watch-stages">
      <h3 id="watch-stages">{words('stageList')}</h3>
      <ol className={styles.stages}>
        {job.stages.map((stage, index) => (
          <li key={index} aria-current={stage === current ? 'step' : undefined}>
            <StateMark state={stage.done >= stage.tasks ? 'done' : stage === current ? 'running' : 'waiting'} />
            <span>{stageWords(stage.kind)}</span>
            {stage.tasks > 1 && (
              <span className={styles.figure} dir="ltr">
                {count(stage.done)} / {count(stage.tasks)}
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
