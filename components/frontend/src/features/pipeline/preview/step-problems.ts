import type { ApiError } from '../../../api/api-error.ts';
import type { Draft } from '../draft.ts';

/**
 * What is wrong with which step, by its id: the server names steps by their place in the pipeline it was sent.
 *
 * @param instead what is said where the server's own words, which are English, are not understood.
 */
export function stepProblems(
  { steps }: Draft,
  error: ApiError | undefined,
  instead?: string,
): ReadonlyMap<number, string> {
  const sent = steps.filter(({ off }) => !off);
  const found = (error?.problems ?? []).flatMap(({ path, message }): [number, string][] => {
    const place = /^pipeline\.(\d+)/.exec(path)?.[1];
    const step = place === undefined ? undefined : sent[Number(place)];
    return step ? [[step.id, instead ?? message]] : [];
  });
  return new Map(found);
}
