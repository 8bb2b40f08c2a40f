/** Languages of the page; the first is the one that all others are translated from. */
export const LOCALES = ['en', 'ar'] as const;
export type Locale = (typeof LOCALES)[number];

const KEY = 'tessera-locale';

const isLocale = (value: string | null | undefined): value is Locale => LOCALES.some((locale) => locale === value);

/** The visitor's choice, else the first language of the browser that the page speaks, else English. */
export function preferredLocale(storage: Storage | undefined, languages: readonly string[]): Locale {
  const chosen = storage?.getItem(KEY);
  if (isLocale(chosen)) return chosen;
  return languages.map((language) => language.split('-')[0]).find(isLocale) ?? 'en';
}

export function keepLocale(storage: Storage | undefined, locale: Locale): void {
  storage?.setItem(KEY, locale);
}

/** Which way a language is written. */
export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  return locale === 'ar' ? 'rtl' : 'ltr';
}
