import { useTranslations } from 'use-intl';

/** Gives a function that names an operation in the visitor's language; one that this page does not know by its own name. */
export function useOperationTitle(): (op: string) => string {
  const words = useTranslations('pipeline.operations');
  return (op) => {
    const key = `${op}.title` as Parameters<typeof words>[0];
    return words.has(key) ? words(key) : op;
  };
}
