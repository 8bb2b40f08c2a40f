import { VisuallyHidden } from '@mantine/core';
import type { JobDto } from '@tessera/contracts';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { announce, speech } from './announce.ts';
import { announcements, pageTitle } from './announcements.ts';

interface AnnouncerProps {
  readonly jobs: readonly JobDto[];
  /** Whether the list was fetched once: jobs of before the visit are not news. */
  readonly loaded: boolean;
}

/** Tells screen readers what became of jobs, and shows it in the title of the tab. */
export function Announcer({ jobs, loaded }: AnnouncerProps) {
  const before = useRef<readonly JobDto[]>(undefined);
  const said = useSyncExternalStore(speech.subscribe, speech.current);
  const [finished, setFinished] = useState<JobDto>();

  useEffect(() => {
    if (!loaded) return;
    if (before.current) {
      const { sentence, lastDone } = announcements(before.current, jobs);
      announce(sentence);
      if (lastDone) setFinished(lastDone);
    }
    before.current = jobs;
  }, [jobs, loaded]);

  return (
    <>
      <title>{pageTitle(jobs, finished)}</title>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </>
  );
}
