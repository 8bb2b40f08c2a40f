import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { PageWords } from '../../app/page-words.tsx';
import ar from '../../messages/ar/parameters.json' with { type: 'json' };
import en from '../../messages/en/parameters.json' with { type: 'json' };
import type { Field } from './field.ts';

const WORDS = { en: { parameters: en }, ar: { parameters: ar } };

/** Gives what shows parameters their words. */
export function ParameterWords({ children }: { readonly children: ReactNode }) {
  return <PageWords words={WORDS}>{children}</PageWords>;
}

/** Gives a function that says a parameter in the visitor's language; what this page does not know, as the server does. */
export function useFieldWords(): <Kind extends Field>(op: string, field: Kind) => Kind {
  const words = useTranslations('parameters');
  const say = (key: string, otherwise: string): string => {
    const known = key as 'median.ksize.label';
    return words.has(known) ? words(known) : otherwise;
  };
  return (op, field) => ({
    ...field,
    label: say(`${op}.${field.name}.label`, field.label),
    hint: say(`${op}.${field.name}.hint`, field.hint),
    ...(field.kind === 'choice' && {
      options: field.options.map(({ value, label }) => ({
        value,
        label: say(`${op}.${field.name}.options.${String(value)}`, label),
      })),
    }),
  });
}
