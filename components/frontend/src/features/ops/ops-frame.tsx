import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
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

/** Redrives belong to the failed work that they bring back, whatever their address. */
const CURRENT = { 'data-status': 'active', 'aria-current': 'page' } as const;

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
  const isRedrive = useLocation({ select: ({ pathname }) => pathname.startsWith('/ops/redrives') });
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
            <Link
              key={to}
              to={to}
              activeOptions={{ exact: to === '/ops' }}
              {...(to === '/ops/dead' && isRedrive && CURRENT)}
            >
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
