import type { OperationDto } from '@tessera/contracts';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';

/** Gives the name of an operation in the visitor's language; of one that this page does not know, the server's. */
export type OperationTitles = (op: string, operations: readonly OperationDto[]) => string;

/** The names of operations: all that a page says of them before the rest of their words has come. */
export function useOperationTitles(): OperationTitles {
  const words = useTranslations('pipeline.operations');
  return useCallback(
    (op, operations) => {
      const title = `${op}.title` as 'invert.title';
      return words.has(title) ? words(title) : (operations.find((known) => known.op === op)?.title ?? op);
    },
    [words],
  );
}
