/** Bounds of the wait between two looks whether the server is back, in milliseconds. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 4000;

export interface ConnectionParts {
  /** Asks the server for anything small; rejects where no answer comes. */
  probe(): Promise<void>;
  wait(milliseconds: number): Promise<void>;
  /** 0–1. */
  random(): number;
}

/**
 * Whether the server can be reached, for all uploads together: one look decides for all, and one banner says it. A
 * network that the browser calls offline is only a reason to look: a server on this machine is there without one.
 */
export class Connection {
  readonly #parts: ConnectionParts;
  readonly #listeners = new Set<() => void>();
  #away = false;
  #looking: Promise<void> | undefined;
  #wake: (() => void) | undefined;
  #interruption = new AbortController();

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly away = (): boolean => this.#away;

  /** Aborted when the server is found to be away. */
  get interruption(): AbortSignal {
    return this.#interruption.signal;
  }

  /** Something failed: looks whether the server answers. Resolves when that is known. */
  doubt(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    this.#wake?.();
    return this.#looking;
  }

  /** Resolves when the server can be reached. */
  async open(): Promise<void> {
    if (!this.#away) return;
    await new Promise<void>((resolve) => {
      const stop = this.subscribe(() => {
        if (this.#away) return;
        stop();
        resolve();
      });
    });
  }

  /** Looks at once on what the browser says of the network, and when the page is seen again. */
  listen(page: Window, signal: AbortSignal): void {
    const look = (): void => void this.doubt();
    page.addEventListener('offline', look, { signal });
    page.addEventListener('online', look, { signal });
    page.document.addEventListener(
      'visibilitychange',
      () => {
        if (this.#away) look();
      },
      { signal },
    );
  }

  async #look(): Promise<void> {
    const answers = await this.#answers();
    if (answers || this.#away) {
      this.#set(!answers);
      return;
    }
    this.#set(true);
    void this.#goOnLooking();
  }

  async #goOnLooking(): Promise<void> {
    for (let wait = FIRST_WAIT; this.#away; wait = Math.min(LONGEST_WAIT, wait * 2)) {
      const early = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await Promise.race([this.#parts.wait(wait * (0.8 + 0.2 * this.#parts.random())), early]);
      if (await this.#answers()) this.#set(false);
    }
    this.#wake = undefined;
  }

  async #answers(): Promise<boolean> {
    return this.#parts.probe().then(
      () => true,
      () => false,
    );
  }

  #set(away: boolean): void {
    if (away === this.#away) return;
    this.#away = away;
    if (away) this.#interruption.abort();
    else this.#interruption = new AbortController();
    for (const listener of [...this.#listeners]) listener();
  }
}
