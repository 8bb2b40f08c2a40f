import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { PageWords } from '../../app/page-words.tsx';
import ar from '../../messages/ar/ops.json' with { type: 'json' };
import en from '../../messages/en/ops.json' with { type: 'json' };
import { OpsGate } from './ops-gate.tsx';
import { forgetOperator, useOperator } from './ops-token.ts';
import { OPS_KEY } from './use-ops.ts';
import styles from './ops.module.css';

const WORDS = { en: { ops: en }, ar: { ops: ar } };

const PAGES = [
  { to: '/ops', word: 'overview' },
  { to: '/ops/executors', word: 'executors' },
  { to: '/ops/queues', word: 'queues' },
  { to: '/ops/dead', word: 'dead' },
  { to: '/ops/webhooks', word: 'webhooks' },
  { to: '/ops/storage', word: 'storage' },
] as const;

/** What all pages for operators stand in: their words, the question for the token, then their menu. */
export function OpsFrame({ children }: { readonly children: ReactNode }) {
  return (
    <PageWords words={WORDS}>
      <Frame>{children}</Frame>
    </PageWords>
  );
}

function Frame({ children }: { readonly children: ReactNode }) {
  const words = useTranslations('ops');
  const operator = useOperator();
  const queries = useQueryClient();
  if (operator === undefined) return <OpsGate />;

  const leave = (): void => {
    forgetOperator();
    queries.removeQueries({ queryKey: [OPS_KEY] });
  };
  return (
    <div className={styles.frame}>
      <div className={styles.bar}>
        <nav className={styles.menu} aria-label={words('menu')}>
          {PAGES.map(({ to, word }) => (
            <Link key={to} to={to} activeOptions={{ exact: to === '/ops' }}>
              {words(`pages.${word}`)}
            </Link>
          ))}
        </nav>
        <Button variant="subtle" color="gray" size="compact-sm" onClick={leave}>
          {words('forget')}
        </Button>
      </div>
      {children}
    </div>
  );
}
