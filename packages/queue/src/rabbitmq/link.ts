import { setTimeout as delay } from 'node:timers/promises';
import { fullJitter, type Backoff } from '@tessera/runtime';
import { inTurn } from './addresses.ts';
import { AmqpConnection, type AmqpConnectionSettings } from './amqp-connection.ts';
import { explainFailure, unavailable, type Failure } from './failure.ts';

export interface LinkOptions extends Omit<AmqpConnectionSettings, 'url'> {
  /** The broker's nodes; where one can not be reached, the next is tried. */
  readonly urls: readonly string[];
  readonly random: () => number;
  /** Longest time to the first connection. */
  readonly startTimeoutMilliseconds: number;
  /** Makes a new connection usable; a failure means another connection. */
  readonly setup: (connection: AmqpConnection) => Promise<void>;
  readonly onUp: (connection: AmqpConnection) => void;
  readonly onDown: () => void;
}

const BACKOFF: Backoff = { firstMilliseconds: 100, maxMilliseconds: 5000 };
/** Longest time of `setup`. */
const SETUP_MILLISECONDS = 10_000;
/** A connection that lived so long starts the backoff anew when it ends. */
const STABLE_MILLISECONDS = 10_000;
/** Where the backoff stands for failures that only an operator can end. */
const SLOW = 10;

/** Keeps one connection to the broker open: after the first success it tries again for ever. */
export class Link {
  readonly #options: LinkOptions;
  readonly #stop = new AbortController();
  readonly #first = Promise.withResolvers<void>();
  readonly #urls: Iterator<string, never>;
  #current: AmqpConnection | undefined;
  #running: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  #started = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#urls = inTurn(options.urls, options.random);
  }

  /** The connection, while there is one that was set up and did not end. */
  get current(): AmqpConnection | undefined {
    return this.#current?.alive ? this.#current : undefined;
  }

  /**
   * Resolves when the first connection is usable.
   *
   * @throws AppError INVALID_CONFIG or BROKER_MISCONFIGURED at once where trying again is useless, BROKER_UNAVAILABLE
   * after the time to start.
   */
  start(): Promise<void> {
    this.#running ??= this.#run();
    return this.#first.promise;
  }

  /** Closes the connection within 3 seconds and opens no other. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#first.reject(unavailable('it was closed before the first connection'));
    this.#first.promise.catch(() => undefined);
    await this.#current?.close();
    await this.#running;
    await this.#closing;
  }

  #isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  async #run(): Promise<void> {
    const { random, startTimeoutMilliseconds, logger } = this.#options;
    const startBy = performance.now() + startTimeoutMilliseconds;
    for (let failures = 0; !this.#isStopped();) {
      const begun = performance.now();
      const failure = explainFailure(await this.#live());
      if (this.#isStopped()) return;
      if (!this.#started && (failure.fatal || performance.now() > startBy)) {
        this.#first.reject(failure.error);
        return;
      }
      if (performance.now() - begun > STABLE_MILLISECONDS && this.#started) failures = 0;
      const wait = fullJitter(BACKOFF, failure.fatal ? SLOW : failures, random);
      failures += 1;
      this.#log(failure, wait, logger);
      await delay(wait, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }

  /** One connection from its opening to its end. Resolves with the reason of the end. */
  async #live(): Promise<unknown> {
    let connection: AmqpConnection;
    try {
      connection = await AmqpConnection.open({ ...this.#options, url: this.#urls.next().value }, this.#stop.signal);
    } catch (error) {
      return error;
    }
    try {
      await this.#setUp(connection);
    } catch (error) {
      await connection.close();
      return error;
    }
    this.#current = connection;
    this.#started = true;
    this.#first.resolve();
    this.#options.onUp(connection);
    const reason = await connection.ended;
    this.#current = undefined;
    this.#options.onDown();
    // Not waited for: a dead peer takes its time to be closed, and the next connection does not.
    this.#closing = connection.close();
    return reason;
  }

  async #setUp(connection: AmqpConnection): Promise<void> {
    const done = new AbortController();
    const signal = AbortSignal.any([done.signal, this.#stop.signal]);
    const late = delay(SETUP_MILLISECONDS, undefined, { signal }).catch(() => undefined);
    const lost = Promise.race([connection.ended, late]);
    try {
      await Promise.race([this.#options.setup(connection), lost.then((reason) => Promise.reject(asError(reason)))]);
    } finally {
      done.abort();
    }
    if (!connection.alive) throw asError(await connection.ended);
    if (this.#isStopped()) throw unavailable('it was closed');
  }

  #log({ error, fatal }: Failure, wait: number, logger: LinkOptions['logger']): void {
    const facts = { err: error, waitMilliseconds: Math.round(wait) };
    if (fatal) logger.error(facts, 'broker:refused');
    else logger.warn(facts, 'broker:disconnected');
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : unavailable('it did not answer in time');
}
