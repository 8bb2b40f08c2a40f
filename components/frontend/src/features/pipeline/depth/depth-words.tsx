import type { ReactNode } from 'react';
import { PageWords } from '../../../app/page-words.tsx';
import ar from '../../../messages/ar/depth.json' with { type: 'json' };
import en from '../../../messages/en/depth.json' with { type: 'json' };

const WORDS = { en: { depth: en }, ar: { depth: ar } };

/** Gives what speaks of bits a channel its words. */
export function DepthWords({ children }: { readonly children: ReactNode }) {
  return <PageWords words={WORDS}>{children}</PageWords>;
}
