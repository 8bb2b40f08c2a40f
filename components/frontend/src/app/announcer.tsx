import { VisuallyHidden } from '@mantine/core';
import type { JobDto } from '@tessera/contracts';
import { useSyncExternalStore, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { speech } from './announce.ts';
import { tabNews } from './run-news.ts';
import { useRunNews } from './use-run-news.ts';

interface AnnouncerProps {
  readonly jobs: readonly JobDto[];
  /** Whether the list was fetched once: jobs of before the visit are not news. */
  readonly loaded: boolean;
}

/** Tells screen readers what became of jobs, and shows it in the title of the tab. The one region of its kind. */
export function Announcer({ jobs, loaded }: AnnouncerProps) {
  const words = useTranslations('shell');
  const said = useSyncExternalStore(speech.subscribe, speech.current);
  useRunNews(jobs, loaded);
  return (
    <>
      <title>{useTabTitle(jobs, words('name'))}</title>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </>
  );
}

/** The number of jobs under way; after them what was done last, if that was during this visit. */
function useTabTitle(jobs: readonly JobDto[], site: string): string {
  const { open, last } = tabNews(jobs);
  const worked = useRef(false);
  worked.current ||= open > 0;
  if (open > 0) return `(${String(open)}) ${site}`;
  return worked.current && last !== undefined ? `✓ ${last} · ${site}` : site;
}
