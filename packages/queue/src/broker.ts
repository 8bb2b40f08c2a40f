/** The durable queues. Each carries JSON bodies of one message version. */
export type QueueName = 'tasks' | 'events' | 'dead';

/** Fan-outs that only reach whoever listens: `control` master → executors, `presence` executors → masters. */
export type Topic = 'control' | 'presence';

export interface PublishOptions {
  readonly messageId: string;
  readonly signal?: AbortSignal | undefined;
  /** W3C trace context that the message carries in its header `traceparent`; no message needs one to be understood. */
  readonly traceparent?: string | undefined;
}

/** One delivery. Exactly one of its three ends is called; a call after the connection was lost does nothing. */
export interface Delivery {
  /** The parsed JSON body, not yet checked against a schema. */
  readonly body: unknown;
  readonly messageId: string;
  /** How often this message was delivered and not acknowledged before; 0 at first. */
  readonly deliveryCount: number;
  /** What `publish` was given, unchecked: it came over the wire. Retries and dead letters keep it. */
  readonly traceparent?: string | undefined;
  ack(): void;
  /** Back to the queue for another consumer; counts as a delivery. */
  retry(): void;
  /** To the dead-letter queue. */
  deadLetter(): void;
}

export interface ConsumeOptions {
  /** Deliveries in flight at one time. */
  readonly prefetch: number;
}

export interface Subscription {
  /** No new delivery after this resolves (≤ 1 s); those in flight may still be acknowledged. */
  cancel(): Promise<void>;
}

/** A queue of one consumer's own, which lives as long as the connection it was opened on. */
export interface Inbox extends Subscription {
  /**
   * Where `send` reaches it; undefined while there is no connection and after `cancel`. Another one after each
   * reconnect: what was sent to the one before and not yet ended is lost.
   */
  readonly address: string | undefined;
}

export type DeliveryHandler = (delivery: Delivery) => Promise<void> | void;

export interface BrokerStatus {
  readonly connected: boolean;
  /** The broker accepts no publishes for now (memory or disk alarm). */
  readonly blocked: boolean;
  /** Grows by one with each new connection; 0 before the first. */
  readonly epoch: number;
}

/**
 * Work queues with acknowledgements, a delivery limit and dead letters, inboxes of single consumers, and fan-outs.
 *
 * `publish` resolves when the broker has taken responsibility for the message. A rejection means "unknown": the
 * message may still arrive, so everything behind a queue is idempotent. It throws AppError BROKER_UNAVAILABLE (down,
 * blocked, timed out) or UNROUTABLE.
 */
export interface Broker {
  publish(queue: QueueName, body: unknown, options: PublishOptions): Promise<void>;
  /** The subscription survives reconnects. A handler that throws has its delivery retried. */
  consume(queue: QueueName, options: ConsumeOptions, handler: DeliveryHandler): Promise<Subscription>;
  /**
   * Opens an inbox for tasks. Its deliveries can be ended like any others; but nothing outlives it, so that whoever sends
   * has to find out that it is gone and send elsewhere, and it knows no more of earlier deliveries than whether there was
   * one: a message that is retried for the second time goes to the dead-letter queue.
   */
  openInbox(options: ConsumeOptions, handler: DeliveryHandler): Promise<Inbox>;
  /** Like `publish`, to one inbox. UNROUTABLE says that the inbox is gone; its address never comes back. */
  send(address: string, body: unknown, options: PublishOptions): Promise<void>;
  /** Sends to everybody who listens now; best effort. */
  broadcast(topic: Topic, body: unknown): void;
  subscribe(topic: Topic, handler: (body: unknown) => void): Promise<Subscription>;
  /** Messages waiting in a queue (not those in flight). */
  depth(queue: QueueName): Promise<number>;
  status(): BrokerStatus;
  /**
   * Called after each new connection. `fresh` means that the queues did not exist and were declared anew, so every
   * message of before is lost.
   */
  onConnect(listener: (event: { readonly epoch: number; readonly fresh: boolean }) => void): () => void;
  /** Waits for deliveries in flight and confirms (≤ 25 s), then closes; never hangs. */
  close(): Promise<void>;
}
