import type { Draft } from '../draft.ts';

const KEY = 'tessera-start';

/** The draft of a start that waits for uploads, kept in this tab over a reload. */
export class KeptStart {
  readonly #storage: Storage | undefined;

  constructor(storage: Storage | undefined) {
    this.#storage = storage;
  }

  keep(draft: Draft): void {
    try {
      this.#storage?.setItem(KEY, JSON.stringify(draft));
    } catch {
      // Without room it is known as long as the page.
    }
  }

  /** Undefined where nothing waits, or what is kept is of another version. */
  read(): Draft | undefined {
    try {
      const draft = JSON.parse(this.#storage?.getItem(KEY) ?? 'null') as Partial<Draft> | null;
      return Array.isArray(draft?.steps) && typeof draft.format === 'string' ? (draft as Draft) : undefined;
    } catch {
      return undefined;
    }
  }

  forget(): void {
    this.#storage?.removeItem(KEY);
  }
}
