import type { ReactNode } from 'react';
import { PageWords } from '../../app/page-words.tsx';
import ar from '../../messages/ar/result.json' with { type: 'json' };
import en from '../../messages/en/result.json' with { type: 'json' };

const WORDS = { en: { result: en }, ar: { result: ar } };

/** Gives the page of a result its words. */
export function ResultWords({ children }: { readonly children: ReactNode }) {
  return <PageWords words={WORDS}>{children}</PageWords>;
}
