import type { Subscription } from '../broker.ts';
import type { AmqpConnection } from './amqp-connection.ts';
import { WorkLane, type WorkLaneOptions } from './work-lane.ts';

/** A consumer that outlives connections: one lane after another, and those that still end their deliveries. */
export class WorkSubscription implements Subscription {
  readonly #options: Omit<WorkLaneOptions, 'onCancelled'>;
  readonly #lanes = new Set<WorkLane>();
  #connection: AmqpConnection | undefined;
  #cancelled = false;

  constructor(options: Omit<WorkLaneOptions, 'onCancelled'>) {
    this.#options = options;
  }

  get inFlight(): number {
    let sum = 0;
    for (const lane of this.#lanes) sum += lane.inFlight;
    return sum;
  }

  /** Cancelled, and nothing in flight. */
  get finished(): boolean {
    return this.#cancelled && this.inFlight === 0;
  }

  /** Consumes over this connection, unless it does already. */
  async attach(connection: AmqpConnection): Promise<void> {
    if (this.#cancelled || this.#connection === connection) return;
    this.#connection = connection;
    // Lanes of earlier connections have nothing in flight any more.
    for (const lane of this.#lanes) if (lane.inFlight === 0) this.#lanes.delete(lane);
    const onCancelled = (): void => this.#resume(connection);
    const lane = new WorkLane({ ...this.#options, onCancelled }, connection);
    this.#lanes.add(lane);
    await lane.open();
  }

  async cancel(): Promise<void> {
    this.#cancelled = true;
    await Promise.all([...this.#lanes].map((lane) => lane.stop()));
  }

  /** Returns what is in flight to the queue. */
  abandon(): void {
    for (const lane of this.#lanes) lane.abandon();
  }

  /** The broker ended the consumer alone: another one takes its place, or the whole connection is made anew. */
  #resume(connection: AmqpConnection): void {
    if (this.#cancelled || this.#connection !== connection || !connection.alive) return;
    this.#options.logger.warn({ queue: this.#options.queue }, 'consumer:cancelled-by-broker');
    this.#connection = undefined;
    this.attach(connection).catch((error: unknown) => connection.drop(error));
  }
}
