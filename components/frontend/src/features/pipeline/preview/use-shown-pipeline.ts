import type { StepInput } from '@tessera/contracts';
import { useDraft } from '../use-draft.ts';
import { usePointPicker } from '../point-picker.ts';
import { useMoves } from './use-moves.ts';

/**
 * The steps that the preview shows. While a point is chosen for a step, and that step or one behind it moves pixels, only
 * those before it: the point counts in the picture that the step gets.
 */
export function useShownPipeline(pipeline: readonly StepInput[] | undefined): readonly StepInput[] | undefined {
  const { wish } = usePointPicker();
  const { draft } = useDraft();
  const used = draft.steps.filter((step) => step.off !== true);
  const place = wish ? used.findIndex(({ id }) => id === wish.step) : -1;
  const isMovedBehind = useMoves(place < 0 ? [] : pipeline?.slice(place));
  return isMovedBehind ? pipeline?.slice(0, place) : pipeline;
}
