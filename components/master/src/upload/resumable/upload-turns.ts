import type { Lock, Locker } from '@tus/server';

/** Milliseconds that a request waits for the one before it to store what it has. */
const PATIENCE = 5000;

interface Turn {
  readonly over: Promise<void>;
  readonly end: () => void;
  readonly giveUp: () => Promise<void> | void;
}

/**
 * Lets the newest request for an upload have it: a client that lost its connection comes back before we know, so the
 * request before is asked to store what it has and to end, and is waited for a little. Between masters there is no such
 * order, nor need there be, see `SegmentStore`.
 */
export class UploadTurns implements Locker {
  readonly #turns = new Map<string, Turn>();

  newLock(id: string): Lock {
    let own: Turn | undefined;
    return {
      lock: async (_signal, giveUp) => {
        const before = this.#turns.get(id);
        const { promise, resolve } = Promise.withResolvers<undefined>();
        own = { over: promise, end: () => resolve(undefined), giveUp };
        this.#turns.set(id, own);
        if (before === undefined) return;
        await before.giveUp();
        await within(PATIENCE, before.over);
      },
      unlock: () => {
        own?.end();
        if (this.#turns.get(id) === own) this.#turns.delete(id);
        return Promise.resolve();
      },
    };
  }

  /** Asks all requests under way to store what they have and to end. */
  async endAll(): Promise<void> {
    for (const turn of [...this.#turns.values()]) await turn.giveUp();
  }
}

async function within(milliseconds: number, over: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, milliseconds, undefined);
  await Promise.race([over, promise]);
  clearTimeout(timer);
}
