import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { announce } from '../../app/announce.ts';
import { useParts } from '../../app/parts.ts';
import { UNDO_MILLISECONDS, type Deletion } from './deletions.ts';
import { focusJob } from './focus-job.ts';
import styles from './undo-bars.module.css';

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** What was just deleted, and the way back: a button, and Control+Z or Command+Z from everywhere. */
export function UndoBars() {
  const { deletions } = useParts();
  const list = useSyncExternalStore(deletions.subscribe, deletions.list);
  const words = useTranslations('history.undo');
  const navigate = useNavigate();
  const shown = list.filter(({ state }) => state !== 'sending');
  const last = shown.findLast(({ state }) => state === 'waiting');

  const undo = ({ id, jobs, from }: Deletion): void => {
    deletions.undo(id);
    announce(words('undone', { count: jobs.length }));
    if (from !== undefined) void navigate({ href: from });
    else focusJob(jobs[0]?.id);
  };
  const undoLast = useEffectEvent((event: KeyboardEvent) => {
    const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (!last || !isUndo || isWriting(event.target)) return;
    event.preventDefault();
    undo(last);
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => undoLast(event);
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  if (shown.length === 0) return null;
  return (
    <section className={styles.bars} aria-label={words('region')}>
      {shown.map((deletion) => (
        <UndoBar key={deletion.id} deletion={deletion} onUndo={() => undo(deletion)} />
      ))}
    </section>
  );
}

function UndoBar({ deletion, onUndo }: { readonly deletion: Deletion; readonly onUndo: () => void }) {
  const { deletions } = useParts();
  const words = useTranslations('history.undo');
  const { id, jobs, state } = deletion;
  const values = { count: jobs.length, name: jobs[0]?.image.name ?? '' };
  const pause = (): void => deletions.pause(id);
  const resume = (): void => deletions.resume(id);

  if (state === 'failed') {
    return (
      <div className={styles.bar} role="alert">
        <p>{words('failed', values)}</p>
        <Button size="compact-sm" variant="default" onClick={() => void deletions.again(id)}>
          {words('again')}
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => deletions.undo(id)}>
          {words('close')}
        </Button>
      </div>
    );
  }
  return (
    <div
      className={styles.bar}
      onPointerEnter={pause}
      onPointerLeave={(event) => {
        if (!event.currentTarget.contains(document.activeElement)) resume();
      }}
      onFocus={pause}
      onBlur={(event) => {
        if (!event.currentTarget.matches(':hover')) resume();
      }}
    >
      <p>{words('deleted', values)}</p>
      <Button size="compact-md" variant="default" aria-keyshortcuts="Control+Z Meta+Z" onClick={onUndo}>
        {words('undo')}
      </Button>
      <span className={styles.time} style={{ animationDuration: `${String(UNDO_MILLISECONDS)}ms` }} aria-hidden />
    </div>
  );
}
