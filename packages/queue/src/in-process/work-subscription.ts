import type { Delivery, DeliveryHandler, Subscription } from '../broker.ts';
import { handleDelivery, type HandleDeliveryContext } from '../handle-delivery.ts';
import { decodeBody } from '../message-body.ts';
import type { QueueConsumer, StoredMessage, WorkQueue } from './work-queue.ts';

export interface WorkSubscriptionOptions extends HandleDeliveryContext {
  readonly queue: WorkQueue;
  /** Where messages go that are given up. */
  readonly dead: WorkQueue;
  readonly prefetch: number;
  /** Deliveries after which a message goes to the dead-letter queue. */
  readonly deliveryLimit: number;
  readonly handler: DeliveryHandler;
  /** Called whenever a delivery came to its end. */
  readonly onSettled: () => void;
}

/** One consumer of one queue: at most `prefetch` deliveries in flight, each ended once. */
export class WorkSubscription implements QueueConsumer, Subscription {
  readonly #options: WorkSubscriptionOptions;
  readonly #queue: WorkQueue;
  readonly #inFlight = new Set<() => void>();

  constructor(options: WorkSubscriptionOptions) {
    this.#options = options;
    this.#queue = options.queue;
    this.#queue.add(this);
  }

  get capacity(): number {
    return this.#options.prefetch - this.#inFlight.size;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  take(message: StoredMessage): void {
    void handleDelivery(this.#deliver(message), this.#options.handler, this.#options);
  }

  cancel(): Promise<void> {
    this.#queue.remove(this);
    return Promise.resolve();
  }

  /** Stops, and returns what is in flight to its queue. */
  abandon(): void {
    this.#queue.remove(this);
    for (const giveBack of [...this.#inFlight]) giveBack();
  }

  #deliver(message: StoredMessage): Delivery {
    const { dead, deliveryLimit, onSettled } = this.#options;
    const retry = (): void => {
      const deliveryCount = message.deliveryCount + 1;
      if (deliveryCount < deliveryLimit) this.#queue.put({ ...message, deliveryCount });
      else bury();
    };
    const bury = (): void => dead.put({ ...message, deliveryCount: 0 });
    const end = (effect?: () => void) => (): void => {
      if (!this.#inFlight.delete(giveBack)) return;
      effect?.();
      this.#queue.dispatch();
      onSettled();
    };
    const giveBack = end(retry);
    this.#inFlight.add(giveBack);
    return {
      body: decodeBody(message.body)?.value,
      messageId: message.messageId,
      deliveryCount: message.deliveryCount,
      traceparent: message.traceparent,
      ack: end(),
      retry: giveBack,
      deadLetter: end(bury),
    };
  }
}
