import type { LiveState } from '../api/use-live.ts';
import { Logo } from './logo.tsx';
import styles from './header.module.css';
import { ThemeToggle } from './theme-toggle.tsx';

const LIVE_WORDS: Readonly<Record<LiveState, string>> = {
  connecting: 'Connecting',
  open: 'Live',
  lost: 'Reconnecting',
};

/** The top bar: name, state of the connection, colour scheme. */
export function Header({ live }: { readonly live: LiveState }) {
  return (
    <header className={styles.header}>
      <div className={styles.inner}>
        <Logo />
        <h1 className={styles.name}>Tessera</h1>
        <p className={styles.claim}>Heavy images, split over machines, back as one exact file.</p>
        <span className={styles.live} data-state={live} title="Whether changes arrive as they happen">
          {LIVE_WORDS[live]}
        </span>
        <ThemeToggle />
      </div>
    </header>
  );
}
