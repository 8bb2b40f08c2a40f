import { useTranslations } from 'use-intl';
import { knownStage } from '../jobs/stage-kind.ts';

/** The name of a kind of stage; one that this page does not know keeps its own. */
export function useStageName(): (kind: string) => string {
  const words = useTranslations('ops');
  return (kind) => {
    const known = knownStage(kind);
    return known === undefined ? kind : words(`kinds.${known}`);
  };
}
