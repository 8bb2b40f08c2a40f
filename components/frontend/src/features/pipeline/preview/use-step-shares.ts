import { useQuery } from '@tanstack/react-query';
import { operationList } from '../operation-list.ts';
import { useOperationTitles } from '../operation-titles.ts';
import type { ShownPreview } from './use-preview.ts';

/** Titles of the steps that a preview shows otherwise than the result has them, each once. */
export function useStepShares(shown: ShownPreview | undefined) {
  const { data = [] } = useQuery(operationList);
  const titleOf = useOperationTitles();
  const titles = (wanted: 'scaled' | 'left-out'): readonly string[] => {
    const steps = shown?.order.pipeline.filter(({ op }, n) => {
      // A picture of another size is what it is at every scale.
      const isGeometry = data.find((one) => one.op === op)?.category === 'geometry';
      return shown.shares[n] === wanted && !isGeometry;
    });
    return [...new Set(steps?.map(({ op }) => titleOf(op, data)))];
  };
  return { scaled: titles('scaled'), 'left-out': titles('left-out') };
}
