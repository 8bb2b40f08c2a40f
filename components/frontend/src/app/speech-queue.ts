/** Milliseconds between two sentences at least: a screen reader is not interrupted by the next. */
const GAP = 5000;
/** Milliseconds for which a sentence is not said again. */
const REMEMBERED = 60_000;
/** Sentences that may wait; of more the oldest are dropped. */
const MOST_WAITING = 4;

export interface SpeechQueueParts {
  /** The time in milliseconds. */
  readonly now: () => number;
  readonly wait: (milliseconds: number, then: () => void) => void;
}

interface Waiting {
  readonly sentence: string;
  readonly about: string | undefined;
}

/**
 * What is to be said aloud, one sentence every five seconds at most, never the same twice. A sentence about something
 * takes the place of one about the same that was not said yet.
 */
export class SpeechQueue {
  readonly #parts: SpeechQueueParts;
  readonly #said = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  #waiting: Waiting[] = [];
  #current = '';
  #freeAt = -Infinity;
  #timed = false;

  constructor(parts: SpeechQueueParts) {
    this.#parts = parts;
  }

  say(sentence: string, about?: string): void {
    const heard = this.#said.get(sentence);
    if (sentence === '' || (heard !== undefined && this.#parts.now() - heard < REMEMBERED)) return;
    const others = this.#waiting.filter(
      (waiting) => waiting.sentence !== sentence && (about === undefined || waiting.about !== about),
    );
    this.#waiting = [...others, { sentence, about }].slice(-MOST_WAITING);
    this.#next();
  }

  /** The sentence that is being said. */
  readonly current = (): string => this.#current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #next(): void {
    if (this.#timed || this.#waiting.length === 0) return;
    const now = this.#parts.now();
    if (now < this.#freeAt) {
      this.#timed = true;
      this.#parts.wait(this.#freeAt - now, () => {
        this.#timed = false;
        this.#next();
      });
      return;
    }
    const next = this.#waiting.shift();
    if (!next) return;
    this.#current = next.sentence;
    this.#freeAt = now + GAP;
    this.#remember(next.sentence, now);
    for (const listener of this.#listeners) listener();
    this.#next();
  }

  #remember(sentence: string, now: number): void {
    for (const [old, at] of this.#said) if (now - at >= REMEMBERED) this.#said.delete(old);
    this.#said.set(sentence, now);
  }
}
