import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import type { LiveState } from '../api/use-live.ts';
import { useOperator } from '../features/ops/ops-token.ts';
import styles from './header.module.css';
import { LanguageMenu } from './language-menu.tsx';
import { Logo } from './logo.tsx';
import { ThemeToggle } from './theme-toggle.tsx';

/** The top bar: name, pages, state of the connection, language, colour scheme. */
export function Header({ live }: { readonly live: LiveState }) {
  const words = useTranslations('shell');
  const operates = useOperator() !== undefined;
  return (
    <header className={styles.header}>
      <div className={styles.inner}>
        <Link to="/" className={styles.home}>
          <Logo />
          <h1 className={styles.name}>{words('name')}</h1>
        </Link>
        <nav className={styles.menu} aria-label={words('menu')}>
          <Link to="/" className={styles.page} activeOptions={{ exact: true, includeSearch: false }}>
            {words('work')}
          </Link>
          <Link to="/history" className={styles.page}>
            {words('history')}
          </Link>
          <Link to="/pipelines" className={styles.page}>
            {words('pipelines')}
          </Link>
          <Link to="/map" className={styles.page}>
            {words('map')}
          </Link>
          <Link to="/help" className={styles.page}>
            {words('help')}
          </Link>
          {operates && (
            <Link to="/ops" className={styles.page}>
              {words('operate')}
            </Link>
          )}
        </nav>
        <span className={styles.live} data-state={live} title={words('live.about')}>
          {words(`live.${live}`)}
        </span>
        <LanguageMenu />
        <ThemeToggle />
      </div>
    </header>
  );
}
