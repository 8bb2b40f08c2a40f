/** A message at rest: its encoded body and how often it was delivered in vain. */
export interface StoredMessage {
  readonly body: Buffer;
  readonly messageId: string;
  readonly deliveryCount: number;
  readonly traceparent?: string | undefined;
}

/** Who takes messages from a queue. `take` is only called while `capacity` is above zero. */
export interface QueueConsumer {
  readonly capacity: number;
  take(message: StoredMessage): void;
}

/** Messages in order, handed to consumers with room in turn, never within the call that put them there. */
export class WorkQueue {
  readonly #messages: StoredMessage[] = [];
  readonly #consumers: QueueConsumer[] = [];
  #dispatching = false;

  get depth(): number {
    return this.#messages.length;
  }

  put(message: StoredMessage): void {
    this.#messages.push(message);
    this.dispatch();
  }

  add(consumer: QueueConsumer): void {
    this.#consumers.push(consumer);
    this.dispatch();
  }

  remove(consumer: QueueConsumer): void {
    const index = this.#consumers.indexOf(consumer);
    if (index >= 0) this.#consumers.splice(index, 1);
  }

  /** Hands out what can be handed out, soon; called when a message or room came. */
  dispatch(): void {
    if (this.#dispatching) return;
    this.#dispatching = true;
    setImmediate(() => {
      this.#dispatching = false;
      this.#handOut();
    });
  }

  #handOut(): void {
    while (this.#messages.length > 0) {
      const consumer = this.#consumers.find((candidate) => candidate.capacity > 0);
      const message = consumer && this.#messages.shift();
      if (!consumer || !message) return;
      // Behind the others, so that consumers share the work.
      this.remove(consumer);
      this.#consumers.push(consumer);
      consumer.take(message);
    }
  }
}
