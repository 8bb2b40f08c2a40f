import type { ReactNode } from 'react';
import { PageWords } from '../../app/page-words.tsx';
import ar from '../../messages/ar/catalogue.json' with { type: 'json' };
import en from '../../messages/en/catalogue.json' with { type: 'json' };

const WORDS = { en: { catalogue: en }, ar: { catalogue: ar } };

/** Gives what tells of operations and presets their words. */
export function CatalogueWords({ children }: { readonly children: ReactNode }) {
  return <PageWords words={WORDS}>{children}</PageWords>;
}
