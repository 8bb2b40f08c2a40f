import type { BrowserStore, StoreName, StoreValue } from './browser-store.ts';

/** Milliseconds in which changes are gathered before they are written. */
const GATHER = 200;
/** Changes written at a time: each costs the page's own thread a copy of what is written. */
const AT_A_TIME = 100;

interface Change {
  readonly store: StoreName;
  readonly key: string;
  /** Undefined: deleted. */
  readonly value: StoreValue | undefined;
}

/**
 * Writes changes to this browser's store, many in one transaction; of changes to the same key only the last. Nothing here
 * fails: where the store is full or gone, what it would keep lives as long as the tab.
 */
export class StoreWriter {
  readonly #opening: Promise<BrowserStore | undefined>;
  readonly #changes = new Map<string, Change>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(opening: Promise<BrowserStore | undefined>) {
    this.#opening = opening;
  }

  put(store: StoreName, key: string, value: StoreValue): void {
    this.#note({ store, key, value });
  }

  delete(store: StoreName, key: string): void {
    this.#note({ store, key, value: undefined });
  }

  #note(change: Change): void {
    this.#changes.set(`${change.store} ${change.key}`, change);
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => void this.#write(), GATHER);
  }

  /** Writes all at once, for the page is being left. */
  flush(): void {
    clearTimeout(this.#timer);
    void this.#write(Infinity);
  }

  async #write(most = AT_A_TIME): Promise<void> {
    const part = [...this.#changes].slice(0, most);
    for (const [name] of part) this.#changes.delete(name);
    const store = await this.#opening;
    const names = [...new Set(part.map(([, change]) => change.store))];
    try {
      const transaction = store?.transaction(names, 'readwrite', { durability: 'relaxed' });
      for (const [, { store: name, key, value }] of part) {
        const target = transaction?.objectStore(name);
        void (value === undefined ? target?.delete(key) : target?.put(value, key))?.catch(() => undefined);
      }
      // A page that is left lives no longer than this.
      transaction?.commit();
      await transaction?.done;
    } catch {
      // See above.
    }
    this.#timer = this.#changes.size > 0 ? setTimeout(() => void this.#write(), 0) : undefined;
  }
}
