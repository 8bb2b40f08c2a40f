import type { ReactNode } from 'react';
import { PageWords } from '../../app/page-words.tsx';
import ar from '../../messages/ar/watch.json' with { type: 'json' };
import en from '../../messages/en/watch.json' with { type: 'json' };

const WORDS = { en: { watch: en }, ar: { watch: ar } };

/** Gives the pages of jobs and batches what is said of work under way. */
export function WatchWords({ children }: { readonly children: ReactNode }) {
  return <PageWords words={WORDS}>{children}</PageWords>;
}
