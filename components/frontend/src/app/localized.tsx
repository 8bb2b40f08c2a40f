import { DirectionProvider } from '@mantine/core';
import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { loadMessages, type FirstMessages } from '../messages/index.ts';
import { directionOf, keepLocale, type Locale } from './locale.ts';

interface Choice {
  readonly locale: Locale;
  readonly choose: (locale: Locale) => void;
}

const ChoiceContext = createContext<Choice>({ locale: 'en', choose: () => undefined });

interface LocalizedProps {
  readonly initial: { readonly locale: Locale; readonly messages: FirstMessages };
  readonly storage: Storage | undefined;
  readonly children: ReactNode;
}

/** Gives everything below the visitor's language, its words and its direction. */
export function Localized({ initial, storage, children }: LocalizedProps) {
  const [{ locale, messages }, setWords] = useState(initial);
  const direction = directionOf(locale);

  useEffect(() => {
    document.documentElement.lang = locale;
    document.documentElement.dir = direction;
  }, [locale, direction]);

  const choose = (next: Locale): void => {
    keepLocale(storage, next);
    // The language changes when its words are here, never half.
    void loadMessages(next).then((words) => setWords({ locale: next, messages: words }));
  };

  return (
    <ChoiceContext value={{ locale, choose }}>
      <IntlProvider locale={locale} messages={messages} timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}>
        <DirectionProvider key={direction} initialDirection={direction} detectDirection={false}>
          {children}
        </DirectionProvider>
      </IntlProvider>
    </ChoiceContext>
  );
}

/** The visitor's language, and how to change it. */
export function useLocaleChoice(): Choice {
  return use(ChoiceContext);
}
