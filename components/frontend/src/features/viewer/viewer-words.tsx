import type { ReactNode } from 'react';
import { PageWords } from '../../app/page-words.tsx';
import ar from '../../messages/ar/viewer.json' with { type: 'json' };
import en from '../../messages/en/viewer.json' with { type: 'json' };

const WORDS = { en: { viewer: en }, ar: { viewer: ar } };

/** Gives what shows pictures its words. */
export function ViewerWords({ children }: { readonly children: ReactNode }) {
  return <PageWords words={WORDS}>{children}</PageWords>;
}
