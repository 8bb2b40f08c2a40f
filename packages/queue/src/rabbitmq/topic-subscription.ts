import type { Logger } from '@tessera/runtime';
import type { Channel, ConsumeMessage } from 'amqplib';
import type { Subscription } from '../broker.ts';
import { decodeBody } from '../message-body.ts';
import type { AmqpConnection } from './amqp-connection.ts';

export interface TopicSubscriptionOptions {
  /** Name of the fan-out exchange. */
  readonly exchange: string;
  /** Gives the name of a new exclusive queue. */
  readonly queueName: () => string;
  readonly handler: (body: unknown) => void;
  readonly logger: Logger;
}

/** Broadcasts waiting for one slow listener; the oldest go first. */
const BACKLOG = 1000;

/** A listener to broadcasts that outlives connections, by an exclusive queue of each. */
export class TopicSubscription implements Subscription {
  readonly #options: TopicSubscriptionOptions;
  #connection: AmqpConnection | undefined;
  #channel: Channel | undefined;
  #cancelled = false;

  constructor(options: TopicSubscriptionOptions) {
    this.#options = options;
  }

  get finished(): boolean {
    return this.#cancelled;
  }

  /** Listens over this connection, unless it does already. */
  async attach(connection: AmqpConnection): Promise<void> {
    if (this.#cancelled || this.#connection === connection) return;
    this.#connection = connection;
    const channel = await connection.channel();
    this.#channel = channel;
    const queue = this.#options.queueName();
    const limits = { 'x-queue-type': 'classic', 'x-max-length': BACKLOG };
    const settings = { exclusive: true, durable: false, autoDelete: true, arguments: limits };
    await channel.assertQueue(queue, settings);
    await channel.bindQueue(queue, this.#options.exchange, '');
    await channel.consume(queue, (message) => this.#receive(connection, message), { noAck: true });
    if (this.finished) await connection.closeChannel(channel);
  }

  cancel(): Promise<void> {
    this.#cancelled = true;
    // The queue goes with its only consumer, whenever the broker gets to it.
    if (this.#connection?.alive && this.#channel) void this.#connection.closeChannel(this.#channel);
    return Promise.resolve();
  }

  #receive(connection: AmqpConnection, message: ConsumeMessage | null): void {
    if (this.#cancelled) return;
    if (message === null) {
      this.#connection = undefined;
      if (this.#channel) void connection.closeChannel(this.#channel);
      this.attach(connection).catch((error: unknown) => connection.drop(error));
      return;
    }
    const body = decodeBody(message.content);
    try {
      if (body) this.#options.handler(body.value);
    } catch (error) {
      this.#options.logger.error({ err: error, exchange: this.#options.exchange }, 'broadcast:handler-failed');
    }
  }
}
