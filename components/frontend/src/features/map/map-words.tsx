import type { ReactNode } from 'react';
import { PageWords } from '../../app/page-words.tsx';
import ar from '../../messages/ar/map.json' with { type: 'json' };
import en from '../../messages/en/map.json' with { type: 'json' };

const WORDS = { en: { map: en }, ar: { map: ar } };

/** Gives the map its words. */
export function MapWords({ children }: { readonly children: ReactNode }) {
  return <PageWords words={WORDS}>{children}</PageWords>;
}
