import type { UploadItem } from './upload-item.ts';

/** Milliseconds until new items are shown: as soon as whoever dropped them has been answered. */
const AT_ONCE = 1;
/** Milliseconds until a change is shown, and one that only moves figures: people read no faster. */
const SOON = 100;
const FIGURES = 400;

/** The items of a tray in their order. Listeners are told of many changes at once, so that 500 files cost few renders. */
export class ItemList {
  readonly #items = new Map<string, UploadItem>();
  readonly #listeners = new Set<() => void>();
  readonly #watchers = new Set<() => void>();
  #shown: readonly UploadItem[] = [];
  #stale = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #due = Infinity;
  /** Whether a picture of what was added last has come. */
  #pictured = true;

  /** Told some milliseconds after a change. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** All items; the same array until something changes. */
  readonly all = (): readonly UploadItem[] => {
    if (this.#stale) {
      this.#shown = [...this.#items.values()];
      this.#stale = false;
    }
    return this.#shown;
  };

  find(id: string): UploadItem | undefined {
    return this.#items.get(id);
  }

  add(items: readonly UploadItem[]): void {
    for (const item of items) this.#items.set(item.id, item);
    this.#pictured = false;
    this.#changed(AT_ONCE);
  }

  delete(id: string): void {
    if (!this.#items.delete(id)) return;
    // What is taken out is gone before the next key is pressed.
    this.#changed(0);
  }

  patch(id: string, changes: Partial<UploadItem>): void {
    const item = this.#items.get(id);
    if (!item) return;
    this.#items.set(id, { ...item, ...changes });
    const keys = Object.keys(changes);
    // The first picture is what everybody waits for; those after it come many at a time.
    if (changes.thumbnail !== undefined && !this.#pictured) {
      this.#pictured = true;
      this.#changed(AT_ONCE);
      return;
    }
    this.#changed(keys.length === 1 && keys[0] === 'share' ? FIGURES : SOON);
  }

  /** Resolves at the first change after which `condition` holds, or at once. */
  async until(condition: (items: readonly UploadItem[]) => boolean): Promise<void> {
    if (condition(this.all())) return;
    await new Promise<void>((resolve) => {
      const watcher = (): void => {
        if (!condition(this.all())) return;
        this.#watchers.delete(watcher);
        resolve();
      };
      this.#watchers.add(watcher);
    });
  }

  #changed(within: number): void {
    this.#stale = true;
    for (const watcher of [...this.#watchers]) watcher();
    const due = Date.now() + within;
    if (due >= this.#due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    if (within === 0) this.#tell();
    else this.#timer = setTimeout(() => this.#tell(), within);
  }

  #tell(): void {
    this.#due = Infinity;
    for (const listener of [...this.#listeners]) listener();
  }
}
