import { fullJitter } from '@tessera/runtime';
import type { ExecutorWorkConfig } from './config.ts';

/** Pauses after a task was turned away at random, by how often in a row: longer than the task itself waits. */
const PAUSE_MILLISECONDS = 1000;
const PAUSE_BACKOFF = { firstMilliseconds: 1000, maxMilliseconds: 9000 };
/** A load has to fall so far below the limit, as a share of it, before it no longer counts as too high. */
const RELIEF = 0.9;

export type Unwilling = 'load' | 'probability';

/** What becomes of a task that is offered. */
export type Decision = { readonly take: true; readonly delayMilliseconds: number } | { readonly take: false };

export interface WillingnessOptions {
  readonly config: Pick<
    ExecutorWorkConfig,
    'EXECUTOR_LOAD_LIMIT' | 'EXECUTOR_LOAD_PROBABILITY' | 'EXECUTOR_LOAD_DELAY_MILLISECONDS'
  >;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Called when `unwillingFor` changed. */
  readonly onChange: () => void;
}

/**
 * Decides whether tasks are taken. Not while others keep the machine busier than the limit: the executor's own work does
 * not count, or it would turn away what it lives for. And at random not, where that is wanted for a demonstration or a
 * test; after each such refusal it takes nothing for a while, so that the same tasks do not come back at once, for longer
 * the more refusals follow each other.
 */
export class Willingness {
  readonly #options: WillingnessOptions;
  #overloaded = false;
  #pause: NodeJS.Timeout | undefined;
  /** Pauses since the last task that was taken. */
  #pauses = 0;
  #closed = false;

  constructor(options: WillingnessOptions) {
    this.#options = options;
  }

  /** Why nothing is taken now; undefined if tasks are taken. */
  get unwillingFor(): Unwilling | undefined {
    if (this.#overloaded) return 'load';
    return this.#pause === undefined ? undefined : 'probability';
  }

  /** @param foreign share of all cores that others use, 0–1. */
  noteLoad(foreign: number): void {
    const limit = this.#options.config.EXECUTOR_LOAD_LIMIT;
    const overloaded = foreign > (this.#overloaded ? limit * RELIEF : limit);
    if (overloaded === this.#overloaded) return;
    this.#overloaded = overloaded;
    this.#options.onChange();
  }

  /** Decides on a task that was offered. */
  decide(): Decision {
    if (this.unwillingFor !== undefined) return { take: false };
    const { EXECUTOR_LOAD_PROBABILITY: probability, EXECUTOR_LOAD_DELAY_MILLISECONDS: delay } = this.#options.config;
    if (this.#options.random() >= probability) {
      this.#pauses = 0;
      return { take: true, delayMilliseconds: 0 };
    }
    if (delay > 0) return { take: true, delayMilliseconds: delay };
    this.#takeNothing();
    return { take: false };
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#pause);
  }

  #takeNothing(): void {
    if (this.#closed) return;
    const more = fullJitter(PAUSE_BACKOFF, this.#pauses, this.#options.random);
    this.#pauses += 1;
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.#options.onChange();
    }, PAUSE_MILLISECONDS + more);
    this.#options.onChange();
  }
}
