import { ActionIcon, Button } from '@mantine/core';
import type { OperationDto, SavedPipelineDto } from '@tessera/contracts';
import { Link } from '@tanstack/react-router';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useFormats } from '../../format/use-formats.ts';
import { searchOfPipeline } from '../pipeline/draft-search.ts';
import { CopyPipelineLink } from './copy-pipeline-link.tsx';
import { PipelineSteps } from './pipeline-steps.tsx';
import styles from './pipelines.module.css';

interface PipelineRowProps {
  readonly pipeline: SavedPipelineDto;
  readonly operations: readonly OperationDto[];
  readonly onRemove: () => void;
}

/** One kept pipeline of the list. */
export function PipelineRow({ pipeline, operations, onRemove }: PipelineRowProps) {
  const words = useTranslations('pipelines');
  const formats = useFormats();
  const [now] = useState(() => new Date());
  const { id, name, changedAt } = pipeline;
  return (
    <article className={styles.row} aria-label={name}>
      <div className={styles.words}>
        <h3 className={styles.name}>
          <Link to="/pipelines/$pipeline" params={{ pipeline: id }}>
            <bdi>{name}</bdi>
          </Link>
        </h3>
        <PipelineSteps pipeline={pipeline} operations={operations} />
        <p className={styles.values}>{words('changed', { when: formats.relative(new Date(changedAt), now) })}</p>
      </div>
      <div className={styles.actions}>
        <Button
          size="sm"
          renderRoot={(props) => (
            <Link to="/" search={searchOfPipeline(pipeline.pipeline, pipeline.output)} {...props} />
          )}
        >
          {words('use')}
        </Button>
        <CopyPipelineLink id={id} />
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={words('deleteNamed', { name })}
          onClick={onRemove}
        >
          <IconTrash size={17} />
        </ActionIcon>
      </div>
    </article>
  );
}
