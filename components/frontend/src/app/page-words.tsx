import type { ReactNode } from 'react';
import { IntlProvider, useLocale, useMessages } from 'use-intl';
import type { Messages } from '../messages/index.ts';
import type { Locale } from './locale.ts';

interface PageWordsProps {
  readonly words: Readonly<Record<Locale, Partial<Messages>>>;
  readonly children: ReactNode;
}

/** Adds the words of a page to those that every page has, so that a first visit need not fetch them. */
export function PageWords({ words, children }: PageWordsProps) {
  const locale = useLocale();
  return (
    <IntlProvider locale={locale} messages={{ ...useMessages(), ...words[locale] }}>
      {children}
    </IntlProvider>
  );
}
