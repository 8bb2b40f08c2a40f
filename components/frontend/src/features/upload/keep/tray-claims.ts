/** Milliseconds given to other tabs to say that a tray is theirs. */
const ANSWER_WITHIN = 250;
const CHANNEL = 'tessera-trays';

/** Decides which tab holds which tray, so that no file is sent by two. */
export interface TrayClaims {
  /** Takes a tray for as long as this tab lives; false where another living tab holds it. */
  claim(tray: string): Promise<boolean>;
}

/** By the browser's own locks, which end with their tab. */
export class LockClaims implements TrayClaims {
  readonly #locks: LockManager;

  constructor(locks: LockManager) {
    this.#locks = locks;
  }

  claim(tray: string): Promise<boolean> {
    return new Promise((resolve) => {
      // The tab that was just reloaded may take a moment to let go.
      const signal = AbortSignal.timeout(ANSWER_WITHIN);
      const held = this.#locks.request(`${CHANNEL}:${tray}`, { signal }, () => {
        resolve(true);
        return new Promise<void>(() => undefined);
      });
      held.catch(() => {
        resolve(false);
      });
    });
  }
}

interface Message {
  readonly kind: 'whose' | 'mine';
  readonly tray: string;
}

/** By asking the other tabs: pages that came without TLS from another machine have no locks. */
export class AskedClaims implements TrayClaims {
  readonly #channel = new BroadcastChannel(CHANNEL);
  readonly #held = new Set<string>();
  readonly #contested = new Set<string>();

  constructor() {
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      if (data.kind === 'mine') this.#contested.add(data.tray);
      else if (this.#held.has(data.tray)) this.#channel.postMessage({ kind: 'mine', tray: data.tray });
    });
  }

  async claim(tray: string): Promise<boolean> {
    // Held from now on: of two tabs that ask at the same time each hears the other and leaves the tray.
    this.#held.add(tray);
    this.#contested.delete(tray);
    this.#channel.postMessage({ kind: 'whose', tray });
    await new Promise((resolve) => setTimeout(resolve, ANSWER_WITHIN));
    if (!this.#contested.has(tray)) return true;
    this.#held.delete(tray);
    return false;
  }
}

export function browserClaims(): TrayClaims {
  return 'locks' in navigator ? new LockClaims(navigator.locks) : new AskedClaims();
}
