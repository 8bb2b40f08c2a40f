import { closestCenter, DndContext, PointerSensor, useSensor, useSensors, type DragEndEvent } from '@dnd-kit/core';
import { SortableContext, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable';
import type { OperationDto } from '@tessera/contracts';
import { useState, type ComponentProps } from 'react';
import { useTranslations } from 'use-intl';
import type { DraftStep } from './draft.ts';
import { StepCard } from './step-card.tsx';
import type { StepActions } from './step-actions.ts';
import styles from './step.module.css';

interface StepListProps {
  readonly operations: readonly OperationDto[];
  readonly steps: readonly DraftStep[];
  readonly actions: StepActions;
  /** Why the preview of a step failed, by the step's id. */
  readonly problems: ReadonlyMap<number, string>;
  /** Ids of steps that do not compute in the depth of the images. */
  readonly in8: ReadonlySet<number>;
  readonly onReduce: () => void;
}

/** Pixels that a pointer moves before it drags. */
const DRAG_FROM = 4;

function SortableStep(props: Omit<ComponentProps<typeof StepCard>, 'drag'>) {
  const { setNodeRef, setActivatorNodeRef, listeners, transform, transition, isDragging } = useSortable({
    id: props.step.id,
  });
  const drag = {
    card: setNodeRef,
    handle: setActivatorNodeRef,
    handleProps: { ...listeners },
    style: { transform: transform ? `translate3d(0, ${String(transform.y)}px, 0)` : undefined, transition },
    dragged: isDragging,
  };
  return <StepCard {...props} drag={drag} />;
}

/** The operations to be done, one after another; dragged by their handles, or moved by keys and menus. */
export function StepList({ operations, steps, actions, problems, in8, onReduce }: StepListProps) {
  const words = useTranslations('pipeline');
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: DRAG_FROM } }));
  // The library speaks by a live region of its own; this page has one for all, so that one is put nowhere.
  const [nowhere] = useState(() => document.createElement('div'));

  const drop = ({ active, over }: DragEndEvent): void => {
    const step = steps.find(({ id }) => id === active.id);
    const to = steps.findIndex(({ id }) => id === over?.id);
    if (step && to >= 0 && over?.id !== active.id) actions.place(step, to);
  };

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={drop}
      accessibility={{ container: nowhere }}
    >
      <SortableContext items={steps.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
        <ol className={styles.steps} aria-label={words('steps')}>
          {steps.map((step, index) => (
            <SortableStep
              key={step.id}
              step={step}
              operation={operations.find(({ op }) => op === step.op)}
              index={index}
              total={steps.length}
              actions={actions}
              problem={problems.get(step.id)}
              onReduce={in8.has(step.id) ? onReduce : undefined}
            />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}
