import type { JobDto } from '@tessera/contracts';
import styles from './job-card.module.css';

const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

function rowsOf(job: JobDto): readonly (readonly [string, string])[] {
  const parameters = job.pipeline.flatMap(({ op, params }) =>
    Object.entries(params).map(([name, value]): [string, string] => [`${op} ${name}`, String(value)]),
  );
  return [
    ...parameters,
    ['Split', job.reason],
    ...job.stages.map(({ kind, tasks, done }): [string, string] => [`Stage ${kind}`, `${done} of ${tasks}`]),
    ['Started', time.format(new Date(job.timings.createdAt))],
    ['Job', job.id],
  ];
}

/** Parameters, plan and times of a job, folded. */
export function JobDetails({ job }: { readonly job: JobDto }) {
  return (
    <details className={styles.details}>
      <summary>What was done</summary>
      <dl>
        {rowsOf(job).map(([term, words], index) => (
          <div key={index}>
            <dt>{term}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
