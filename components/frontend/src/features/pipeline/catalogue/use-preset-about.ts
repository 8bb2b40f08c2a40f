import type { OperationDto, Preset } from '@tessera/contracts';
import { useTranslations } from 'use-intl';
import { useOperationWords } from '../operation-words.ts';

/** The sentence that tells of a preset, in the visitor's language; to be used within `CatalogueWords`. */
export function usePresetAbout(operations: readonly OperationDto[]): (preset: Preset) => string {
  const words = useTranslations('catalogue.presets');
  const operationWords = useOperationWords();
  return ({ id }) => {
    const about = `${id}.about` as 'calm-edges.about';
    return words.has(about)
      ? words(about)
      : operationWords(
          id,
          operations.find(({ op }) => op === id),
        ).about;
  };
}
