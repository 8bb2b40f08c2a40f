import { ActionIcon } from '@mantine/core';
import type { OperationDto } from '@tessera/contracts';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import type { Dispatch } from 'react';
import type { DraftChange, DraftStep } from './draft.ts';
import { fieldsOf } from './field.ts';
import { ParameterField } from './parameter-field.tsx';
import styles from './pipeline.module.css';

interface StepCardProps {
  readonly step: DraftStep;
  /** Undefined for an operation that this server has not. */
  readonly operation: OperationDto | undefined;
  /** Counted from 1. */
  readonly place: number;
  readonly isLast: boolean;
  readonly change: Dispatch<DraftChange>;
}

/** One step: its place, what it does, and its parameters. */
export function StepCard({ step, operation, place, isLast, change }: StepCardProps) {
  const title = operation?.title ?? step.op;
  const button = { variant: 'subtle', color: 'gray', size: 'md' } as const;
  // Buttons that can't be used stay focusable, so that the focus is not lost at either end of the list.
  const move = (by: -1 | 1, possible: boolean) => ({
    ...(!possible && { 'data-disabled': true }),
    'aria-disabled': !possible,
    onClick: () => change({ type: 'move', id: step.id, by }),
  });
  return (
    <li className={styles.step} aria-label={title}>
      <div className={styles.stepHead}>
        <span className={styles.place} aria-hidden>
          {place}
        </span>
        <h3 className={styles.stepTitle}>{title}</h3>
        <ActionIcon {...button} aria-label={`Move ${title} up`} {...move(-1, place > 1)}>
          <IconArrowUp size={16} />
        </ActionIcon>
        <ActionIcon {...button} aria-label={`Move ${title} down`} {...move(1, !isLast)}>
          <IconArrowDown size={16} />
        </ActionIcon>
        <ActionIcon {...button} aria-label={`Remove ${title}`} onClick={() => change({ type: 'remove', id: step.id })}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <p className={styles.hint}>
        {operation?.description ?? 'This server does not know this operation. Remove the step.'}
      </p>
      {fieldsOf(operation?.params).map((field) => (
        <ParameterField
          key={field.name}
          field={field}
          value={step.params[field.name] ?? field.fallback}
          onChange={(value) => change({ type: 'set', id: step.id, name: field.name, value })}
        />
      ))}
    </li>
  );
}
