import { useEffect } from 'react';
import type { HistoryChange } from './draft-history.ts';

/** Fields have an undo of their own. */
const isText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input:not([type]), input[type=text], textarea, [contenteditable]');

/** Ctrl or ⌘ with Z takes the last change back, with Shift (or Ctrl with Y) makes it again. */
export function useUndoKeys(change: (change: HistoryChange) => void): void {
  useEffect(() => {
    const listening = new AbortController();
    window.addEventListener(
      'keydown',
      (event) => {
        if (!(event.ctrlKey || event.metaKey) || event.altKey || isText(event.target)) return;
        const key = event.key.toLowerCase();
        const redo = (key === 'z' && event.shiftKey) || (key === 'y' && event.ctrlKey && !event.shiftKey);
        if (!redo && key !== 'z') return;
        event.preventDefault();
        change({ type: redo ? 'redo' : 'undo' });
      },
      { signal: listening.signal },
    );
    return () => listening.abort();
  }, [change]);
}
