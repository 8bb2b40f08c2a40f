import { useSyncExternalStore } from 'react';
import { useParts } from '../../app/parts.ts';
import type { Draft } from './draft.ts';
import type { HistoryChange } from './draft-history.ts';

export interface DraftInHand {
  readonly draft: Draft;
  readonly change: (change: HistoryChange) => void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/** The draft of this tab, and how to change it. */
export function useDraft(): DraftInHand {
  const { drafts } = useParts();
  const { present, past, future } = useSyncExternalStore(drafts.subscribe, drafts.history);
  return { draft: present, change: drafts.change, canUndo: past.length > 0, canRedo: future.length > 0 };
}
