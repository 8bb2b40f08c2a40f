import type { ReactNode } from 'react';
import { PageWords } from '../../app/page-words.tsx';
import arParameters from '../../messages/ar/parameters.json' with { type: 'json' };
import ar from '../../messages/ar/result.json' with { type: 'json' };
import enParameters from '../../messages/en/parameters.json' with { type: 'json' };
import en from '../../messages/en/result.json' with { type: 'json' };

const WORDS = { en: { result: en, parameters: enParameters }, ar: { result: ar, parameters: arParameters } };

/** Gives the page of a result its words, those of the steps' parameters among them. */
export function ResultWords({ children }: { readonly children: ReactNode }) {
  return <PageWords words={WORDS}>{children}</PageWords>;
}
