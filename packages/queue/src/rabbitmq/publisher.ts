import { AppError } from '@tessera/runtime';
import type { ConfirmChannel, Message } from 'amqplib';
import type { AmqpConnection } from './amqp-connection.ts';
import type { BrokerMetrics } from './broker-metrics.ts';
import { unavailable } from './failure.ts';

export interface OutgoingMessage {
  readonly exchange: string;
  /** Default: empty, which fits the exchange's own queue. */
  readonly routingKey?: string | undefined;
  readonly body: Buffer;
  readonly messageId: string;
  readonly signal?: AbortSignal | undefined;
  readonly traceparent?: string | undefined;
}

export interface PublisherOptions {
  readonly timeoutMilliseconds: number;
  readonly metrics: BrokerMetrics;
  /** Called when a message without a routing key fitted no queue: it was lost, or never there. */
  readonly onUnroutable: () => void;
  /** Called whenever a publish came to its end. */
  readonly onSettled: () => void;
}

interface Publishing extends OutgoingMessage {
  readonly id: string;
  settle(error?: AppError): void;
}

/** The channel of one connection and how many of its messages the broker has not confirmed. */
interface Outlet {
  readonly channel: ConfirmChannel;
  readonly connection: Pick<AmqpConnection, 'drop'>;
  /** Exchanges that refused the latest message, with the time of the first refusal in a row. */
  readonly refusals: Map<string, number>;
  unconfirmed: number;
  /** The channel's buffer is full. */
  full: boolean;
}

/** How long an exchange may refuse every message until another connection is tried. */
const REFUSAL_MILLISECONDS = 1000;

/** Most messages that may be without a confirm at a time. */
const WINDOW = 500;

/**
 * Publishes with confirms over one connection after another. A publish resolves when the broker has taken the message,
 * and fails at once when there is no connection or the broker is blocked, later when the confirm does not come.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #waiting: Publishing[] = [];
  /** Everything not settled yet, sent or waiting. */
  readonly #open = new Map<string, Publishing>();
  #outlet: Outlet | undefined;
  #blocked = false;
  #count = 0;

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  get blocked(): boolean {
    return this.#blocked;
  }

  /** How many publishes have not come to their end. */
  get open(): number {
    return this.#open.size;
  }

  /** Publishes over this connection from now on. */
  async attach(connection: AmqpConnection): Promise<void> {
    const channel = await connection.confirmChannel();
    const outlet: Outlet = { channel, connection, unconfirmed: 0, full: false, refusals: new Map() };
    channel.on('return', (message) => this.#returned(message));
    channel.on('drain', () => {
      outlet.full = false;
      this.#pump();
    });
    connection.onBlocked((isBlocked) => this.#setBlocked(outlet, isBlocked));
    this.#outlet = outlet;
    this.#blocked = false;
  }

  /** The connection is lost: what is not confirmed fails, for nobody will ever know. */
  detach(reason: string): void {
    this.#outlet = undefined;
    this.#blocked = false;
    this.#options.metrics.unconfirmed.set(0);
    this.#failAll(unavailable(reason));
  }

  /** @throws AppError BROKER_UNAVAILABLE if a publish would fail at once. */
  assertReady(): void {
    if (!this.#outlet) throw unavailable('there is no connection now');
    if (this.#blocked) throw blocked();
  }

  async publish(message: OutgoingMessage): Promise<void> {
    const { signal } = message;
    if (signal?.aborted) throw new AppError('CANCELLED', { cause: signal.reason });
    this.assertReady();
    await new Promise<void>((resolve, reject) => {
      const id = String((this.#count += 1));
      const late = setTimeout(
        () => settle(unavailable('it did not confirm a message in time')),
        this.#options.timeoutMilliseconds,
      );
      const aborted = (): void => settle(new AppError('CANCELLED', { cause: signal?.reason }));
      const settle = (error?: AppError): void => {
        if (!this.#open.delete(id)) return;
        clearTimeout(late);
        signal?.removeEventListener('abort', aborted);
        if (error) reject(error);
        else resolve();
        this.#options.onSettled();
      };
      signal?.addEventListener('abort', aborted);
      const publishing: Publishing = { ...message, id, settle };
      this.#open.set(id, publishing);
      this.#waiting.push(publishing);
      this.#pump();
    });
  }

  /** Sends what waits as far as the window and the buffer have room. */
  #pump(): void {
    const outlet = this.#outlet;
    while (outlet && outlet === this.#outlet && !outlet.full && outlet.unconfirmed < WINDOW) {
      const next = this.#waiting.shift();
      if (!next) return;
      if (this.#open.has(next.id)) this.#send(outlet, next);
    }
  }

  #send(outlet: Outlet, publishing: Publishing): void {
    const { exchange, routingKey = '', body, messageId, id, traceparent } = publishing;
    const confirmed = (error: unknown): void => {
      this.#track(outlet, -1);
      publishing.settle(error ? unavailable('it did not take a message', error) : undefined);
      if (error) judge(outlet, exchange);
      else outlet.refusals.delete(exchange);
      this.#pump();
    };
    const options = {
      mandatory: true,
      persistent: true,
      messageId,
      // A return carries no number of its own; several messages may share their id.
      correlationId: id,
      contentType: 'application/json',
      ...(traceparent === undefined ? {} : { headers: { traceparent } }),
    };
    try {
      this.#track(outlet, 1);
      outlet.full = !outlet.channel.publish(exchange, routingKey, body, options, confirmed);
    } catch (error) {
      // The channel was closed within this turn of the loop.
      this.#track(outlet, -1);
      publishing.settle(unavailable('the connection was lost', error));
    }
  }

  #returned(message: Message): void {
    this.#options.metrics.returned.inc();
    const publishing = this.#open.get(String(message.properties.correlationId));
    publishing?.settle(new AppError('UNROUTABLE', { details: { exchange: message.fields.exchange } }));
    // A routing key that fits nothing is the way an inbox goes.
    if (message.fields.routingKey === '') this.#options.onUnroutable();
  }

  #setBlocked(outlet: Outlet, isBlocked: boolean): void {
    if (outlet !== this.#outlet) return;
    this.#blocked = isBlocked;
    // Sent ones too: their confirm may be hours away. If it comes after all, it finds nobody waiting.
    if (isBlocked) this.#failAll(blocked());
  }

  #failAll(error: AppError): void {
    this.#waiting.length = 0;
    for (const publishing of [...this.#open.values()]) publishing.settle(error);
  }

  #track(outlet: Outlet, change: 1 | -1): void {
    outlet.unconfirmed += change;
    if (outlet === this.#outlet) this.#options.metrics.unconfirmed.set(outlet.unconfirmed);
  }
}

/**
 * Ends a connection over which an exchange refuses messages for longer than a queue needs to choose a new leader. A
 * channel whose first message comes while the old leader's node is dead is refused until that node is back (seen with
 * RabbitMQ 3.10, whose channel remembers the leader as it was); a new one finds the new leader.
 */
function judge({ refusals, connection }: Outlet, exchange: string): void {
  const since = refusals.get(exchange) ?? performance.now();
  refusals.set(exchange, since);
  if (performance.now() - since > REFUSAL_MILLISECONDS) connection.drop(unavailable('it refuses every message'));
}

function blocked(): AppError {
  return unavailable('it accepts no messages now, for it is short of memory or disk');
}
