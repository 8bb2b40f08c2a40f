import type { Locale } from '../app/locale.ts';
import { en } from './en/index.ts';

export type Messages = typeof en;

declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages;
    Locale: Locale;
  }
}

/** The words of a language; all but English are fetched when they are needed. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  if (locale === 'ar') return (await import('./ar/index.ts')).ar;
  return en;
}
