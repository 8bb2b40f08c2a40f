import type { OperationDto } from '@tessera/contracts';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';

/** What people read of an operation besides its name. */
export interface OperationWords {
  readonly about: string;
  readonly category: string;
  /** Other words by which it is searched for. */
  readonly synonyms: string;
}

/** Gives the words of an operation, whose description by the server stands in for those that this page does not know. */
export type SayOperation = (op: string, operation: OperationDto | undefined) => OperationWords;

/** The words of operations in the visitor's language; to be used within `CatalogueWords`. */
export function useOperationWords(): SayOperation {
  const words = useTranslations('catalogue.operations');
  const categories = useTranslations('pipeline.categories');
  return useMemo(() => {
    const say = (key: string, otherwise: string): string => {
      const known = key as 'invert.about';
      return words.has(known) ? words(known) : otherwise;
    };
    return (op, operation) => {
      const category = (operation?.category ?? '').replaceAll(' ', '-') as 'edges';
      return {
        about: say(`${op}.about`, operation?.description ?? ''),
        category: categories.has(category) ? categories(category) : (operation?.category ?? ''),
        synonyms: say(`${op}.synonyms`, ''),
      };
    };
  }, [words, categories]);
}
