import type { ReactNode } from 'react';
import { IntlProvider, useLocale, useMessages } from 'use-intl';
import type { Locale } from '../../app/locale.ts';
import type { Messages } from '../../messages/index.ts';
import ar from '../../messages/ar/ops.json' with { type: 'json' };
import en from '../../messages/en/ops.json' with { type: 'json' };

const WORDS: Readonly<Record<Locale, Messages['ops']>> = { en, ar };

/** Adds the words of the operators' pages to those of all pages: visitors need not fetch them. */
export function OpsWords({ children }: { readonly children: ReactNode }) {
  const locale = useLocale();
  const messages = { ...useMessages(), ops: WORDS[locale] };
  return (
    <IntlProvider locale={locale} messages={messages}>
      {children}
    </IntlProvider>
  );
}
