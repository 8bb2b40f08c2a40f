import { IconLanguage } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import styles from './language-menu.module.css';
import { LOCALES, type Locale } from './locale.ts';
import { useLocaleChoice } from './localized.tsx';

/** Each language by its own name, so that it can be found in any other. */
const NAMES: Readonly<Record<Locale, string>> = { en: 'English', ar: 'العربية' };

/** Chooses the language of the page. The browser's own list: it is on every page, and nothing has to be fetched for it. */
export function LanguageMenu() {
  const words = useTranslations('shell');
  const { locale, choose } = useLocaleChoice();
  return (
    <label className={styles.language} title={words('language')}>
      <IconLanguage size={19} stroke={1.7} aria-hidden />
      <select
        className={styles.list}
        aria-label={words('language')}
        value={locale}
        onChange={(event) => {
          const chosen = LOCALES.find((code) => code === event.currentTarget.value);
          if (chosen) choose(chosen);
        }}
      >
        {LOCALES.map((code) => (
          <option key={code} value={code} lang={code}>
            {NAMES[code]}
          </option>
        ))}
      </select>
    </label>
  );
}
