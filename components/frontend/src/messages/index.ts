import type { Locale } from '../app/locale.ts';
import { en } from './en/index.ts';
import type ops from './en/ops.json';

/** The words that every page may need. */
export type FirstMessages = typeof en;

/** All words; those of operators come with their pages, see `OpsWords`. */
export type Messages = FirstMessages & { readonly ops: typeof ops };

declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages;
    Locale: Locale;
  }
}

/** The words of a language; all but English are fetched when they are needed. */
export async function loadMessages(locale: Locale): Promise<FirstMessages> {
  if (locale === 'ar') return (await import('./ar/index.ts')).ar;
  return en;
}
