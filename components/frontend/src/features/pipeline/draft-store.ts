import { changeHistory, EMPTY_HISTORY, type DraftHistory, type HistoryChange } from './draft-history.ts';

/** The draft of this tab: it outlives the page on which it is composed. */
export class DraftStore {
  readonly #listeners = new Set<() => void>();
  #history: DraftHistory = EMPTY_HISTORY;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The draft and what can be undone; the same object until something changes. */
  readonly history = (): DraftHistory => this.#history;

  readonly change = (change: HistoryChange): void => {
    const next = changeHistory(this.#history, change);
    if (next === this.#history) return;
    this.#history = next;
    for (const listener of [...this.#listeners]) listener();
  };
}
