import type { ReactNode } from 'react';
import { PageWords } from '../../app/page-words.tsx';
import ar from '../../messages/ar/pipelines.json' with { type: 'json' };
import en from '../../messages/en/pipelines.json' with { type: 'json' };

const WORDS = { en: { pipelines: en }, ar: { pipelines: ar } };

/** Gives the pages of kept pipelines their words. */
export function PipelinesWords({ children }: { readonly children: ReactNode }) {
  return <PageWords words={WORDS}>{children}</PageWords>;
}
