import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from '@mantine/core';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import type { Dispatch } from 'react';
import { listOperations } from '../../api/calls.ts';
import { Section } from '../../app/section.tsx';
import { Problem } from '../problem/problem.tsx';
import { AddImages } from '../upload/add-images.tsx';
import { Tray } from '../upload/tray.tsx';
import type { UploadItem } from '../upload/upload-item.ts';
import type { UploadTray } from '../upload/upload-tray.ts';
import styles from './composer.module.css';
import { isComplete, type Draft, type DraftChange } from './draft.ts';
import { OutputEditor } from './output-editor.tsx';
import { startLabel } from './start-label.ts';
import { StepList } from './step-list.tsx';
import { useStart } from './use-start.ts';

interface ComposerProps {
  /** False until the server has answered once. */
  readonly ready: boolean;
  readonly tray: UploadTray;
  readonly uploads: readonly UploadItem[];
  readonly draft: Draft;
  readonly change: Dispatch<DraftChange>;
}

/** New jobs stand at the head of the list, which may be out of sight: brings it into view. */
function showJobs(): void {
  const jobs = document.getElementById('jobs');
  const top = jobs?.getBoundingClientRect().top ?? 0;
  if (top < 0 || top > window.innerHeight / 2) jobs?.scrollIntoView({ block: 'start' });
}

/** Where jobs are put together: images, steps, the form of the result, and the button that starts it all. */
export function Composer({ ready, tray, uploads, draft, change }: ComposerProps) {
  const operations = useQuery({
    queryKey: ['operations'],
    queryFn: ({ signal }) => listOperations(signal),
    enabled: ready,
    staleTime: Infinity,
  });
  const { start, starting, error } = useStart(tray, draft);
  const startable = uploads.some(({ state }) => state !== 'refused' && state !== 'lost');
  const complete = operations.data !== undefined && isComplete(draft, operations.data);

  return (
    <div className={styles.composer} id="composer">
      <Section title="Images" number={1}>
        <AddImages compact={uploads.length > 0} tray={tray} />
        <Tray tray={tray} />
      </Section>
      <Section title="Steps" number={2}>
        {operations.data ? (
          <StepList operations={operations.data} steps={draft.steps} change={change} />
        ) : (
          <Skeleton height={84} radius="md" animate={ready} aria-label="Loading the operations" />
        )}
      </Section>
      <Section title="Result" number={3}>
        <OutputEditor draft={draft} change={change} />
      </Section>
      <div className={styles.start} data-idle={!startable || undefined}>
        {error && (
          <Problem
            error={error}
            undertaking="submit"
            details={error.problems.map(({ path, message }) => `${path}: ${message}`)}
          />
        )}
        <Button
          size="md"
          fullWidth
          loading={starting}
          disabled={!startable || !complete}
          leftSection={<IconPlayerPlayFilled size={16} />}
          onClick={() => void start().then(showJobs)}
        >
          {startLabel(uploads)}
        </Button>
        {!startable && <p className={styles.why}>Add an image first.</p>}
        {startable && operations.data && !complete && <p className={styles.why}>Correct the marked values first.</p>}
      </div>
    </div>
  );
}
