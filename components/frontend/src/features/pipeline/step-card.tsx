import { ActionIcon } from '@mantine/core';
import type { OperationDto } from '@tessera/contracts';
import { IconEye, IconEyeOff, IconGripVertical, IconX } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { useTranslations } from 'use-intl';
import { DepthRefusal } from './depth/depth-refusal.tsx';
import type { DraftStep } from './draft.ts';
import { fieldsOf } from './field.ts';
import { useOperationTitles } from './operation-titles.ts';
import { useOperationWords } from './operation-words.ts';
import { useFieldWords } from './parameter-words.tsx';
import { ParameterField } from './parameter-field.tsx';
import { StepContext } from './step-context.ts';
import { StepMenu } from './step-menu.tsx';
import type { StepActions } from './step-actions.ts';
import styles from './step.module.css';

/** What makes a card one that can be dragged. */
export interface DragParts {
  readonly card: Ref<HTMLLIElement>;
  readonly handle: Ref<HTMLButtonElement>;
  readonly handleProps: Readonly<Record<string, unknown>>;
  readonly style: React.CSSProperties;
  readonly dragged: boolean;
}

interface StepCardProps {
  readonly step: DraftStep;
  /** Undefined for an operation that this server has not. */
  readonly operation: OperationDto | undefined;
  /** Counted from 0. */
  readonly index: number;
  readonly total: number;
  readonly actions: StepActions;
  readonly drag: DragParts;
  /** Why the preview of this step failed. */
  readonly problem?: string | undefined;
  /** Reduces all images to 8 bits a channel; given where the step does not compute in the 16 that one has. */
  readonly onReduce?: (() => void) | undefined;
}

/** One step: its place, what it does, and its parameters. */
export function StepCard({ step, operation, index, total, actions, drag, problem, onReduce }: StepCardProps) {
  const words = useTranslations('pipeline.step');
  const fieldWords = useFieldWords();
  const title = useOperationTitles()(step.op, operation ? [operation] : []);
  const { about } = useOperationWords()(step.op, operation);
  const button = { variant: 'subtle', color: 'gray', size: 'md' } as const;

  const moveByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    actions.place(step, event.key === 'ArrowUp' ? index - 1 : index + 1);
  };

  let body: ReactNode;
  if (!operation) body = <p className={styles.wrong}>{words('unknown')}</p>;
  else if (!step.off) {
    body = (
      <StepContext value={step.id}>
        <p className={styles.about}>{about}</p>
        {onReduce && <DepthRefusal onReduce={onReduce} />}
        {problem && (
          <p className={styles.wrong}>
            <span aria-hidden>✕</span> {words('failed', { reason: problem })}
          </p>
        )}
        {fieldsOf(operation.params).map((field) => (
          <ParameterField
            key={field.name}
            field={fieldWords(step.op, field)}
            value={step.params[field.name] ?? field.fallback}
            onChange={(value) => actions.set(step, field.name, value)}
            onEnd={actions.seal}
          />
        ))}
      </StepContext>
    );
  }

  return (
    <li
      ref={drag.card}
      style={drag.style}
      className={styles.step}
      aria-label={title}
      data-off={step.off}
      data-dragged={drag.dragged || undefined}
      data-wrong={problem !== undefined || onReduce !== undefined || undefined}
    >
      <div className={styles.head}>
        <button
          type="button"
          ref={drag.handle}
          className={styles.handle}
          {...drag.handleProps}
          aria-label={words('move', { title })}
          aria-description={words('moveAbout')}
          onKeyDown={moveByKey}
          data-step={step.id}
          data-place={index + 1}
        >
          <IconGripVertical size={16} aria-hidden />
        </button>
        <h3 className={styles.title}>
          {title}
          {step.off && <span className={styles.off}> · {words('off')}</span>}
        </h3>
        <ActionIcon
          {...button}
          aria-label={words('use', { title })}
          aria-pressed={!step.off}
          onClick={() => actions.turn(step, step.off === true)}
        >
          {step.off ? <IconEyeOff size={16} /> : <IconEye size={16} />}
        </ActionIcon>
        <StepMenu step={step} title={title} index={index} total={total} actions={actions} />
        <ActionIcon {...button} aria-label={words('remove', { title })} onClick={() => actions.remove(step)}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {body}
    </li>
  );
}
