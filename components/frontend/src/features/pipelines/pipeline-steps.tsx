import type { OperationDto, SavedPipelineDto } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { FORMAT_NAMES } from '../pipeline/format-names.ts';
import { useOperationTitles } from '../pipeline/operation-titles.ts';
import styles from './pipelines.module.css';

interface PipelineStepsProps {
  readonly pipeline: Pick<SavedPipelineDto, 'pipeline' | 'output'>;
  readonly operations: readonly OperationDto[];
  /** Whether the values of the steps are shown. */
  readonly values?: boolean;
}

/** The steps of a pipeline and what comes out, to be read. */
export function PipelineSteps({ pipeline: { pipeline, output }, operations, values = false }: PipelineStepsProps) {
  const words = useTranslations('pipelines');
  const titleOf = useOperationTitles();
  const { format, quality } = output;
  return (
    <>
      <ol className={styles.steps}>
        {pipeline.map(({ op, params }, index) => (
          <li key={index} className={styles.step}>
            {titleOf(op, operations)}
            {values && Object.keys(params).length > 0 && (
              <bdi className={styles.values} dir="ltr">
                {Object.entries(params)
                  .map(([name, value]) => `${name} ${String(value)}`)
                  .join(' · ')}
              </bdi>
            )}
          </li>
        ))}
        {pipeline.length === 0 && <li className={styles.values}>{words('convertOnly')}</li>}
      </ol>
      <p className={styles.values}>
        {quality === undefined
          ? words('result', { format: FORMAT_NAMES[format] })
          : words('resultQuality', { format: FORMAT_NAMES[format], quality })}
      </p>
    </>
  );
}
