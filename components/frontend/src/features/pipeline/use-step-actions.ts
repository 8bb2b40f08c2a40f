import type { OperationDto } from '@tessera/contracts';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { announce } from '../../app/announce.ts';
import type { Draft } from './draft.ts';
import type { HistoryChange } from './draft-history.ts';
import { useOperationTitles } from './operation-titles.ts';
import type { StepActions } from './step-actions.ts';

/** Changes of steps, each said to those who can't see it. */
export function useStepActions(
  { steps }: Draft,
  operations: readonly OperationDto[],
  change: (change: HistoryChange) => void,
): StepActions {
  const words = useTranslations('pipeline.step');
  const operationTitle = useOperationTitles();
  return useMemo(() => {
    const titleOf = (op: string): string => operationTitle(op, operations);
    return {
      place: (step, to) => {
        if (to < 0 || to >= steps.length) return;
        change({ type: 'place', id: step.id, to });
        announce(words('moved', { title: titleOf(step.op), place: to + 1, total: steps.length }), 'steps');
      },
      turn: (step, on) => change({ type: 'switch', id: step.id, on }),
      duplicate: (step) => change({ type: 'duplicate', id: step.id }),
      remove: (step) => {
        change({ type: 'remove', id: step.id });
        announce(words('removed', { title: titleOf(step.op) }), 'steps');
      },
      set: (step, name, value) => change({ type: 'set', id: step.id, name, value }),
      seal: () => change({ type: 'seal' }),
    };
  }, [steps, operations, change, words, operationTitle]);
}
