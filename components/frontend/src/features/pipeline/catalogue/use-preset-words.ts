import type { OperationDto, Preset } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useOperationWords } from '../operation-words.ts';

/** Title and sentence of a preset in the visitor's language. */
export function usePresetWords(operations: readonly OperationDto[]) {
  const words = useTranslations('pipeline.presets');
  const catalogue = useOperationWords();
  return ({ id }: Preset): { readonly title: string; readonly about: string } => {
    const title = `${id}.title` as 'calm-edges.title';
    if (words.has(title)) return { title: words(title), about: words(`${id}.about` as 'calm-edges.about') };
    return catalogue.of(
      id,
      operations.find(({ op }) => op === id),
    );
  };
}
