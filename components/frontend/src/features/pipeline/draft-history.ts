import { changeDraft, EMPTY_DRAFT, type Draft, type DraftChange } from './draft.ts';

/** Changes that can be undone. */
export const MOST_UNDO = 100;

/** A draft with what it was before, and what it was before the last changes were undone. */
export interface DraftHistory {
  readonly past: readonly Draft[];
  readonly present: Draft;
  readonly future: readonly Draft[];
  /** What the last change was about, while further changes of the same count as one with it: a slider being moved. */
  readonly open: string | undefined;
}

export const EMPTY_HISTORY: DraftHistory = { past: [], present: EMPTY_DRAFT, future: [], open: undefined };

export type HistoryChange =
  | DraftChange
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  /** A slider was let go, a field left: the next change is one of its own. */
  | { readonly type: 'seal' }
  /** Takes back all changes since an earlier draft. */
  | { readonly type: 'return'; readonly to: Draft }
  /** Puts a draft in the place of all that was, and can not be undone. */
  | { readonly type: 'reset'; readonly draft: Draft };

function aboutOf(change: DraftChange): string | undefined {
  if (change.type === 'set') return `set ${String(change.id)} ${change.name}`;
  if (change.type === 'output' && 'quality' in change.changes) return 'quality';
  return undefined;
}

function undo(history: DraftHistory): DraftHistory {
  const before = history.past.at(-1);
  if (!before) return history;
  const future = [history.present, ...history.future];
  return { past: history.past.slice(0, -1), present: before, future, open: undefined };
}

function redo(history: DraftHistory): DraftHistory {
  const [after, ...future] = history.future;
  if (!after) return history;
  return { past: [...history.past, history.present], present: after, future, open: undefined };
}

function returnTo(history: DraftHistory, to: Draft): DraftHistory {
  const { past, present, future } = history;
  const index = past.lastIndexOf(to);
  // On its way a slider passes drafts that are no change of their own.
  if (index < 0) return { ...history, present: to, open: undefined };
  return {
    past: past.slice(0, index),
    present: to,
    future: [...past.slice(index + 1), present, ...future],
    open: undefined,
  };
}

/** The history after a change. */
export function changeHistory(history: DraftHistory, change: HistoryChange): DraftHistory {
  switch (change.type) {
    case 'undo':
      return undo(history);
    case 'redo':
      return redo(history);
    case 'seal':
      return history.open === undefined ? history : { ...history, open: undefined };
    case 'return':
      return returnTo(history, change.to);
    case 'reset':
      return { ...EMPTY_HISTORY, present: change.draft };
    default: {
      const { past, present } = history;
      const next = changeDraft(present, change);
      if (next === present) return history;
      const open = aboutOf(change);
      const sameAsBefore = open !== undefined && open === history.open;
      return { past: sameAsBefore ? past : [...past, present].slice(-MOST_UNDO), present: next, future: [], open };
    }
  }
}
