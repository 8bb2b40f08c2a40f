import { setTimeout as delay } from 'node:timers/promises';
import type { Channel, ConsumeMessage } from 'amqplib';
import type { Delivery, DeliveryHandler, QueueName } from '../broker.ts';
import { handleDelivery, type HandleDeliveryContext } from '../handle-delivery.ts';
import { decodeBody } from '../message-body.ts';
import type { AmqpConnection } from './amqp-connection.ts';
import type { BrokerMetrics } from './broker-metrics.ts';

export interface WorkLaneOptions extends HandleDeliveryContext {
  readonly queue: QueueName | 'inbox';
  /** Gives the name of the queue on the broker, once for each lane; what it does on the channel comes before consuming. */
  readonly prepare: (channel: Channel) => Promise<string>;
  /**
   * Deliveries after which a message that is retried goes to the dead-letter queue; undefined where the broker counts.
   * A queue that does not count only knows a first delivery from later ones, so this is 1 or 2.
   */
  readonly deliveryLimit?: number | undefined;
  readonly prefetch: number;
  readonly handler: DeliveryHandler;
  readonly metrics: BrokerMetrics;
  /** Called whenever a delivery came to its end. */
  readonly onSettled: () => void;
  /** Called when the broker ended the consumer: the queue was deleted, or a delivery took too long. */
  readonly onCancelled: () => void;
}

/** Longest time that the broker gets to confirm the end of a consumer. */
const CANCEL_MILLISECONDS = 900;
/** Time in which a delivery comes that the broker sent when the one before it was ended. */
const ON_ITS_WAY_MILLISECONDS = 200;

/**
 * One consumer on one channel of one connection. Deliveries are ended on this channel or not at all: their tags mean
 * nothing, or something else, on any other.
 */
export class WorkLane {
  readonly #options: WorkLaneOptions;
  readonly #connection: AmqpConnection;
  readonly #inFlight = new Map<ConsumeMessage, Channel>();
  #consumer: { readonly channel: Channel; readonly tag: string } | undefined;
  #stopped = false;
  #stopping: Promise<void> | undefined;
  /** Ends of deliveries that wait until the broker has ended the consumer. */
  #held: (() => void)[] | undefined;
  #onFull: (() => void) | undefined;

  constructor(options: WorkLaneOptions, connection: AmqpConnection) {
    this.#options = options;
    this.#connection = connection;
  }

  /** Begins to consume. */
  async open(): Promise<void> {
    const channel = await this.#connection.channel();
    channel.on('close', () => {
      this.#inFlight.clear();
      this.#options.onSettled();
    });
    await channel.prefetch(this.#options.prefetch);
    const receive = (message: ConsumeMessage | null): void => this.#receive(channel, message);
    const { consumerTag } = await channel.consume(await this.#options.prepare(channel), receive);
    this.#consumer = { channel, tag: consumerTag };
    if (this.#stopped) await this.#cancel(this.#consumer);
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** No delivery reaches the handler after this resolves, within a second. The channel closes after the last ended. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    if (this.#stopped) return;
    // Until the broker knows, deliveries are taken: to return them would count as a failed attempt.
    if (this.#consumer) {
      await this.#fill();
      await this.#cancel(this.#consumer);
    }
    this.#stopped = true;
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const end of held) end();
    this.#closeWhenEmpty();
  }

  /**
   * Takes what the consumer has room for and ends nothing, so that no delivery is on its way when the consumer is
   * cancelled: quorum queues take such a delivery back and count it as a failed attempt (seen with 3.10).
   */
  async #fill(): Promise<void> {
    this.#held = [];
    const full = Promise.withResolvers<void>();
    this.#onFull = full.resolve;
    if (this.#inFlight.size >= this.#options.prefetch) return;
    const done = new AbortController();
    const late = delay(ON_ITS_WAY_MILLISECONDS, undefined, { signal: done.signal }).catch(() => undefined);
    await Promise.race([full.promise, late]);
    done.abort();
  }

  async #cancel({ channel, tag }: { readonly channel: Channel; readonly tag: string }): Promise<void> {
    const done = new AbortController();
    await Promise.race([
      channel.cancel(tag).catch(() => undefined),
      delay(CANCEL_MILLISECONDS, undefined, { signal: done.signal }).catch(() => undefined),
    ]);
    done.abort();
    this.#closeWhenEmpty();
  }

  /** Returns what is in flight to the queue, as something that was not even tried. */
  abandon(): void {
    for (const message of [...this.#inFlight.keys()]) this.#giveBack(message);
  }

  #receive(channel: Channel, message: ConsumeMessage | null): void {
    const { queue, metrics, logger, handler } = this.#options;
    if (message === null) {
      this.#stopped = true;
      this.#closeWhenEmpty();
      this.#options.onCancelled();
      return;
    }
    this.#inFlight.set(message, channel);
    if (this.#inFlight.size >= this.#options.prefetch) this.#onFull?.();
    if (this.#stopped) {
      this.#giveBack(message);
      return;
    }
    const deliveryCount = this.#deliveryCount(message);
    metrics.deliveryCount.observe({ queue }, deliveryCount);
    if (message.fields.redelivered) metrics.redelivered.inc({ queue });
    const body = decodeBody(message.content);
    const delivery = this.#delivery(message, deliveryCount, body?.value);
    if (body) {
      void handleDelivery(delivery, handler, this.#options);
    } else {
      logger.error({ queue, messageId: delivery.messageId }, 'delivery:not-json');
      delivery.deadLetter();
    }
  }

  #deliveryCount({ fields, properties }: ConsumeMessage): number {
    if (this.#options.deliveryLimit !== undefined) return fields.redelivered ? 1 : 0;
    return Number(properties.headers?.['x-delivery-count'] ?? 0);
  }

  #delivery(message: ConsumeMessage, deliveryCount: number, body: unknown): Delivery {
    // Nothing lies behind the dead-letter queue: there a message can only stay.
    const last = this.#options.queue === 'dead';
    const again = deliveryCount + 1 < (this.#options.deliveryLimit ?? Infinity);
    const traceparent: unknown = message.properties.headers?.traceparent;
    return {
      body,
      messageId: String(message.properties.messageId ?? ''),
      deliveryCount,
      traceparent: typeof traceparent === 'string' ? traceparent : undefined,
      ack: () => this.#end(message, (channel) => channel.ack(message)),
      retry: () => this.#end(message, (channel) => channel.reject(message, again)),
      deadLetter: () => this.#end(message, (channel) => channel.reject(message, last)),
    };
  }

  /** Newer brokers count a reject as a failed delivery, but not a nack. */
  #giveBack(message: ConsumeMessage): void {
    this.#end(message, (channel) => channel.nack(message, false, true));
  }

  /** Ends a delivery once, and never after its channel was closed. */
  #end(message: ConsumeMessage, effect: (channel: Channel) => void): void {
    if (this.#held) {
      this.#held.push(() => this.#end(message, effect));
      return;
    }
    const channel = this.#inFlight.get(message);
    if (!channel) return;
    this.#inFlight.delete(message);
    try {
      effect(channel);
    } catch (error) {
      // The channel is closing in this very moment: the broker will deliver the message again.
      this.#options.logger.debug({ err: error }, 'delivery:end-lost');
    }
    this.#closeWhenEmpty();
    this.#options.onSettled();
  }

  #closeWhenEmpty(): void {
    if (this.#stopped && this.#consumer && this.#inFlight.size === 0) {
      void this.#connection.closeChannel(this.#consumer.channel);
    }
  }
}
