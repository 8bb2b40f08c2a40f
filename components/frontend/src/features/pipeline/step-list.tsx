import type { OperationDto } from '@tessera/contracts';
import type { Dispatch } from 'react';
import { AddStep } from './add-step.tsx';
import { MOST_STEPS, type DraftChange, type DraftStep } from './draft.ts';
import { StepCard } from './step-card.tsx';
import styles from './pipeline.module.css';

interface StepListProps {
  readonly operations: readonly OperationDto[];
  readonly steps: readonly DraftStep[];
  readonly change: Dispatch<DraftChange>;
}

/** The operations to be done, one after another. */
export function StepList({ operations, steps, change }: StepListProps) {
  return (
    <>
      {steps.length === 0 && <p className={styles.hint}>Without a step the image is only converted.</p>}
      <ol className={styles.steps} aria-label="Steps">
        {steps.map((step, index) => (
          <StepCard
            key={step.id}
            step={step}
            operation={operations.find(({ op }) => op === step.op)}
            place={index + 1}
            isLast={index === steps.length - 1}
            change={change}
          />
        ))}
      </ol>
      <AddStep
        operations={operations}
        disabled={steps.length >= MOST_STEPS}
        onAdd={(operation) => change({ type: 'add', operation })}
      />
    </>
  );
}
