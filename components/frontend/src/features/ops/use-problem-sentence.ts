import { useTranslations } from 'use-intl';
import { ApiError, unreachable } from '../../api/api-error.ts';
import { useExplanation } from '../problem/use-explanation.ts';

/** Says why something that an operator asked for was not done. */
export function useProblemSentence(): (error: Error, asked: 'redrive' | 'discard' | 'cancel') => string {
  const words = useTranslations('ops.conflicts');
  const explain = useExplanation();
  return (error, asked) => {
    const problem = error instanceof ApiError ? error : unreachable();
    // What the general words of the code do not say: what changed meanwhile.
    return problem.code === 'CONFLICT' ? words(asked) : explain(problem, 'job').what;
  };
}
