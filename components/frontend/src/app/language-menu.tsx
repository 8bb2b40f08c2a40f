import { ActionIcon, Menu } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { LOCALES, type Locale } from './locale.ts';
import { useLocaleChoice } from './localized.tsx';

/** Each language by its own name, so that it can be found in any other. */
const NAMES: Readonly<Record<Locale, string>> = { en: 'English', ar: 'العربية' };

/** Chooses the language of the page. */
export function LanguageMenu() {
  const words = useTranslations('shell');
  const { locale, choose } = useLocaleChoice();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={words('language')}>
          <IconLanguage size={19} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {LOCALES.map((code) => (
          <Menu.Item key={code} lang={code} aria-current={code === locale || undefined} onClick={() => choose(code)}>
            {NAMES[code]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
