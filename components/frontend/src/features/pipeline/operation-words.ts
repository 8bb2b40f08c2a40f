import type { OperationDto } from '@tessera/contracts';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';

/** What people read of an operation. */
export interface OperationWords {
  readonly title: string;
  readonly about: string;
  readonly category: string;
  /** Other words by which it is searched for. */
  readonly synonyms: string;
}

export interface CatalogueWords {
  of(op: string, operation: OperationDto | undefined): OperationWords;
}

/** The words of operations in the visitor's language; of those that this page does not know, the server's. */
export function useOperationWords(): CatalogueWords {
  const words = useTranslations('pipeline');
  return useMemo(() => {
    const say = (key: string, otherwise: string): string => {
      const known = key as 'operations.invert.title';
      return words.has(known) ? words(known) : otherwise;
    };
    return {
      of: (op, operation) => ({
        title: say(`operations.${op}.title`, operation?.title ?? op),
        about: say(`operations.${op}.about`, operation?.description ?? ''),
        category: say(`categories.${(operation?.category ?? '').replaceAll(' ', '-')}`, operation?.category ?? ''),
        synonyms: say(`operations.${op}.synonyms`, ''),
      }),
    };
  }, [words]);
}
