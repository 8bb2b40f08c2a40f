import type { OperationDto } from '@tessera/contracts';
import { useEffect, useRef } from 'react';
import { CatalogueWords } from './catalogue-words.tsx';
import { stepsIn8 } from './draft.ts';
import { ParameterWords } from './parameter-words.tsx';
import { StepList } from './step-list.tsx';
import { useDraft } from './use-draft.ts';
import { useStepActions } from './use-step-actions.ts';

export { OutputEditor } from './output-editor.tsx';

export interface StepsProps {
  readonly operations: readonly OperationDto[];
  /** A chosen image has 16 bits a channel. */
  readonly deep: boolean;
  readonly problems: ReadonlyMap<number, string>;
}

const NONE: ReadonlySet<number> = new Set();

/** The steps of the draft. Whoever removes the step that has the focus finds it on the next one. */
export function Steps({ operations, deep, problems }: StepsProps) {
  const { draft, change } = useDraft();
  const actions = useStepActions(draft, operations, change);
  const in8 = deep ? stepsIn8(draft, operations) : NONE;
  const reduce = (): void => change({ type: 'output', changes: { depth: 8 } });
  const area = useRef<HTMLDivElement>(null);
  const last = useRef(-1);

  useEffect(() => {
    if (last.current < 0 || document.activeElement !== document.body) return;
    const handles = area.current?.querySelectorAll<HTMLElement>('[data-step]');
    const next = handles?.[Math.min(last.current, handles.length - 1)];
    next?.focus();
  }, [draft.steps]);

  return (
    <div
      ref={area}
      onFocus={({ target }) => {
        const items = [...(area.current?.querySelectorAll('ol > li') ?? [])];
        last.current = items.findIndex((item) => item.contains(target));
      }}
      onBlur={({ relatedTarget }) => {
        if (relatedTarget !== null) last.current = -1;
      }}
    >
      <CatalogueWords>
        <ParameterWords>
          <StepList
            operations={operations}
            steps={draft.steps}
            actions={actions}
            problems={problems}
            in8={in8}
            onReduce={reduce}
          />
        </ParameterWords>
      </CatalogueWords>
    </div>
  );
}
