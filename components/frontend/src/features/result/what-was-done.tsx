import type { JobDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useTasks } from '../../api/use-tasks.ts';
import { useFormats } from '../../format/use-formats.ts';
import { isRegional } from '../jobs/region-cell.ts';
import { useOperationTitle } from '../jobs/use-operation-title.ts';
import { useParameterWords } from '../jobs/use-parameter-words.ts';
import { usePipelineSentence } from '../jobs/use-pipeline-sentence.ts';
import { secondsOf } from '../history/use-job-words.ts';
import styles from './result-panel.module.css';

/** The steps of a job with their parameters, on how many machines they ran, and how long. */
export function WhatWasDone({ job }: { readonly job: JobDto }) {
  const words = useTranslations('result.done');
  const title = useOperationTitle();
  const parameter = useParameterWords();
  const sentence = usePipelineSentence();
  const formats = useFormats();
  const tasks = useTasks(job.id, job.result?.reused !== true);
  const machines = new Set(tasks.flatMap(({ executor }) => executor ?? [])).size;
  const seconds = secondsOf(job);
  // What paints the picture of a product is divided in its own way.
  const cut = job.product ? job.stages.filter(isRegional) : job.stages;
  const regions = Math.max(1, ...cut.map((stage) => stage.tasks));
  return (
    <section className={styles.done} aria-labelledby="done-title">
      <h3 id="done-title">{words('title')}</h3>
      {job.pipeline.length === 0 && <p>{job.product ? sentence(job) : words('nothing')}</p>}
      <ol>
        {job.pipeline.map(({ op, params }, index) => (
          <li key={index}>
            <span>{title(op)}</span>
            {Object.keys(params).length > 0 && (
              <span className={styles.parameters}>
                {Object.entries(params)
                  .map(([name, value]) => parameter(op, name, value))
                  .join(' · ')}
              </span>
            )}
          </li>
        ))}
      </ol>
      <p className={styles.how}>
        {job.result?.reused
          ? words('reused')
          : seconds !== undefined &&
            machines > 0 &&
            words('how', { machines, regions, duration: formats.duration(seconds) })}
      </p>
    </section>
  );
}
