import { useQuery } from '@tanstack/react-query';
import type { StepInput } from '@tessera/contracts';
import { operationList } from '../operation-list.ts';

/** Whether a step moves pixels or makes another size, so that the result does not lie over the image. */
export function useMoves(pipeline: readonly StepInput[] | undefined): boolean {
  const { data = [] } = useQuery(operationList);
  return (pipeline ?? []).some(({ op }) => data.find((one) => one.op === op)?.category === 'geometry');
}
