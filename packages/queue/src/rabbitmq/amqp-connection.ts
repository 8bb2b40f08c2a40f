import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@tessera/runtime';
import { connect, type Channel, type ChannelModel, type ConfirmChannel } from 'amqplib';
import { unavailable } from './failure.ts';

export interface AmqpConnectionSettings {
  readonly url: string;
  /** Shown in the broker's list of connections. */
  readonly connectionName: string;
  readonly connectTimeoutMilliseconds: number;
  readonly heartbeatSeconds: number;
  /** Certificates in PEM. */
  readonly ca?: string | undefined;
  readonly logger: Logger;
}

/** How long the closing handshake may take before the socket is destroyed. */
const CLOSE_MILLISECONDS = 3000;

/**
 * One connection from its handshake to its end. It never recovers: the loss of the socket or of any of its channels
 * ends it, and whoever supervises it opens another one.
 */
export class AmqpConnection {
  readonly #model: ChannelModel;
  readonly #socket: AbortController;
  readonly #logger: Logger;
  readonly #ended = Promise.withResolvers<unknown>();
  /** The library is done with the connection; calls of before that await an answer may never settle. */
  readonly #gone = Promise.withResolvers<void>();
  /** Channels that are open or closing. */
  readonly #channels = new Set<Channel>();
  /** Channels whose end does not concern the connection. */
  readonly #expendable = new WeakSet<Channel>();
  readonly #closings = new WeakMap<Channel, Promise<void>>();
  #alive = true;
  #closing: Promise<void> | undefined;

  private constructor(model: ChannelModel, socket: AbortController, logger: Logger) {
    this.#model = model;
    this.#socket = socket;
    this.#logger = logger;
    // Not every error is followed by a close, nor every close preceded by an error.
    model.on('error', (error) => this.drop(error));
    model.on('close', (error) => {
      this.#gone.resolve();
      this.drop(error ?? unavailable('the connection was closed'));
    });
    model.on('handler-error', (error, event) => this.#handlerFailed(error, event));
  }

  /**
   * Connects and shakes hands, within the time of the settings however slowly the broker answers. `signal` ends the
   * attempt, not the connection that it made.
   *
   * @throws whatever the client library gives; see `explainFailure`.
   */
  static async open(settings: AmqpConnectionSettings, signal: AbortSignal): Promise<AmqpConnection> {
    const { connectTimeoutMilliseconds: timeout, heartbeatSeconds, ca, logger } = settings;
    const url = new URL(settings.url);
    url.searchParams.set('heartbeat', String(heartbeatSeconds));
    // The library's own timeout starts anew with each byte; the signal ends a socket in any state, then and later.
    const socket = new AbortController();
    const giveUp = (): void => socket.abort();
    const late = setTimeout(giveUp, timeout);
    signal.addEventListener('abort', giveUp);
    const options = {
      timeout,
      signal: socket.signal,
      noDelay: true,
      keepAlive: true,
      clientProperties: { connection_name: settings.connectionName },
      ...(ca === undefined ? {} : { ca }),
    };
    try {
      return new AmqpConnection(await connect(url.href, options), socket, logger);
    } catch (error) {
      const timedOut = socket.signal.aborted || (error instanceof Error && error.message === 'connect ETIMEDOUT');
      socket.abort();
      throw timedOut ? unavailable(`it did not answer within ${String(timeout)} ms`, error) : error;
    } finally {
      clearTimeout(late);
      signal.removeEventListener('abort', giveUp);
    }
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Resolves with the reason when the connection has come to its end. */
  get ended(): Promise<unknown> {
    return this.#ended.promise;
  }

  /** Opens a channel whose end, unless by `closeChannel`, ends the connection. */
  async channel(): Promise<Channel> {
    return this.#guard(await this.#model.createChannel());
  }

  /** Opens a channel with publisher confirms; its end ends the connection. */
  async confirmChannel(): Promise<ConfirmChannel> {
    return this.#guard(await this.#model.createConfirmChannel());
  }

  /** Closes one channel, and nothing else, after what was written to it. */
  closeChannel(channel: Channel): Promise<void> {
    this.#expendable.add(channel);
    const closing = this.#closings.get(channel) ?? settle(() => channel.close());
    this.#closings.set(channel, closing);
    return closing;
  }

  /** Runs `use` on a channel for this call alone, which the broker may close as its way to say no. */
  async probe<Result>(use: (channel: Channel) => Promise<Result>): Promise<Result> {
    const channel = await this.channel();
    this.#expendable.add(channel);
    try {
      return await use(channel);
    } finally {
      void this.closeChannel(channel);
    }
  }

  /** Calls `listener` when the broker stops (true) and starts again (false) to accept publishes. */
  onBlocked(listener: (blocked: boolean) => void): void {
    this.#model.on('blocked', () => listener(true));
    this.#model.on('unblocked', () => listener(false));
  }

  /** Declares the connection dead; its socket follows. */
  drop(reason: unknown): void {
    if (!this.#alive) return;
    this.#end(reason);
    // Later: the library may be in the middle of its own handling of the error.
    setImmediate(() => void this.close());
  }

  /** Closes the connection within 3 seconds, in order if the broker answers. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const done = new AbortController();
    await Promise.race([
      this.#gone.promise,
      settle(async () => {
        // The library lets the end of a connection overtake what its channels have yet to write: acks would be lost.
        await Promise.all([...this.#channels].map((channel) => this.closeChannel(channel)));
        await this.#model.close();
      }),
      delay(CLOSE_MILLISECONDS, undefined, { signal: done.signal }).catch(() => undefined),
    ]);
    done.abort();
    this.#socket.abort();
    this.#end(unavailable('the connection was closed'));
  }

  #end(reason: unknown): void {
    this.#alive = false;
    this.#ended.resolve(reason);
  }

  #guard<Kind extends Channel>(channel: Kind): Kind {
    this.#channels.add(channel);
    let reason: unknown;
    channel.on('error', (error) => (reason ??= error));
    channel.on('handler-error', (error, event) => this.#handlerFailed(error, event));
    channel.on('close', () => {
      this.#channels.delete(channel);
      if (this.#expendable.has(channel)) return;
      // The end of the connection ends its channels first, and knows the reason better.
      queueMicrotask(() => this.drop(reason ?? unavailable('a channel was closed')));
    });
    return channel;
  }

  /** A listener of ours threw: a defect, after which the state of the connection is not to be trusted. */
  #handlerFailed(error: Error, event: string): void {
    this.#logger.error({ err: error, event }, 'broker:listener-failed');
    this.drop(error);
  }
}

/** Waits for an attempt that may fail, now or later. */
async function settle(attempt: () => Promise<unknown>): Promise<void> {
  try {
    await attempt();
  } catch {
    // What was to be closed is closed already.
  }
}
