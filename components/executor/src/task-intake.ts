import type { Broker, DeliveryHandler, Inbox, Subscription } from '@tessera/queue';
import { AppError, type Logger } from '@tessera/runtime';

export interface TaskIntakeOptions {
  readonly broker: Broker;
  /** Deliveries in flight at one time, of each of the two ways. */
  readonly prefetch: number;
  readonly handler: DeliveryHandler;
  readonly logger: Logger;
}

/**
 * The two ways by which tasks come: the common queue, which can be left alone for a while, and an inbox, whose address is
 * told to the masters.
 */
export class TaskIntake {
  readonly #options: TaskIntakeOptions;
  #inbox: Inbox | undefined;
  #common: Subscription | undefined;
  #wanted = false;
  #changing: Promise<void> = Promise.resolve();

  constructor(options: TaskIntakeOptions) {
    this.#options = options;
  }

  /** Where single tasks reach this executor now. */
  get address(): string | undefined {
    return this.#inbox?.address;
  }

  /** Opens the inbox and begins to take from the common queue. */
  async open(): Promise<void> {
    const { broker, prefetch, handler, logger } = this.#options;
    try {
      this.#inbox = await broker.openInbox({ prefetch }, handler);
    } catch (error) {
      // Rights on the broker from before there were inboxes. Everything but random jobs goes on as it did then.
      if (!AppError.is(error) || error.code !== 'INVALID_CONFIG') throw error;
      logger.warn({ err: error }, 'inbox:refused');
    }
    this.takeCommon(true);
    await this.#changing;
    if (this.#common === undefined) throw new AppError('BROKER_UNAVAILABLE');
  }

  /** Takes from the common queue from soon on, or leaves it to others. */
  takeCommon(wanted: boolean): void {
    this.#wanted = wanted;
    this.#changing = this.#changing.then(() => this.#change());
  }

  /** Nothing is handed out after this resolves; what is in flight may still be ended. */
  async close(): Promise<void> {
    this.takeCommon(false);
    await Promise.all([this.#changing, this.#inbox?.cancel()]);
  }

  async #change(): Promise<void> {
    const { broker, prefetch, handler, logger } = this.#options;
    try {
      if (this.#wanted && this.#common === undefined) {
        this.#common = await broker.consume('tasks', { prefetch }, handler);
      } else if (!this.#wanted && this.#common !== undefined) {
        const leaving = this.#common;
        this.#common = undefined;
        await leaving.cancel();
      }
    } catch (error) {
      logger.error({ err: error }, 'intake:unchanged');
    }
  }
}
