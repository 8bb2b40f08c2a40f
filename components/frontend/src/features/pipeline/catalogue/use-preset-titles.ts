import type { OperationDto, Preset } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useOperationTitles } from '../operation-titles.ts';

/** The name of a preset in the visitor's language: its own, or that of the operation which it is. */
export function usePresetTitles(operations: readonly OperationDto[]): (preset: Preset) => string {
  const words = useTranslations('pipeline.presets');
  const titleOf = useOperationTitles();
  return ({ id }) => {
    const title = `${id}.title` as 'calm-edges.title';
    return words.has(title) ? words(title) : titleOf(id, operations);
  };
}
