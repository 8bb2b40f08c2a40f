import { useTranslations } from 'use-intl';
import { knownStage } from '../jobs/stage-kind.ts';

/** Says what a stage does. */
export function useStageWords(): (kind: string) => string {
  const words = useTranslations('watch.stages');
  return (kind) => words(knownStage(kind) ?? 'other');
}
