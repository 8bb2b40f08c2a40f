import type { Channel } from 'amqplib';
import type { Inbox, Subscription } from '../broker.ts';
import { ownQueue, type Topology } from './topology.ts';

export interface InboxQueueOptions {
  readonly topology: Topology;
  /** Part of the queue's name, for people who look at the broker. */
  readonly name: string;
  readonly random: () => number;
}

/**
 * The queue of an inbox, a new one on each channel: fed by the exchange of the tasks with its name as the routing key. It
 * goes with its consumer or its connection, whichever goes first, and what is in it goes too, but for what was rejected:
 * that is a dead letter.
 */
export class InboxQueue {
  readonly #options: InboxQueueOptions;
  #address: string | undefined;

  constructor(options: InboxQueueOptions) {
    this.#options = options;
  }

  /** The routing key of the present queue; undefined while there is none. */
  get address(): string | undefined {
    return this.#address;
  }

  /** Declares the queue and gives its name. */
  async declare(channel: Channel): Promise<string> {
    const { topology, name, random } = this.#options;
    const { tasks, dead } = topology.queues;
    const queue = ownQueue(tasks.name, name, random);
    const deadLetters = { 'x-dead-letter-exchange': dead.name, 'x-dead-letter-routing-key': '' };
    const settings = { exclusive: true, durable: false, autoDelete: true };
    await channel.assertQueue(queue, { ...settings, arguments: { 'x-queue-type': 'classic', ...deadLetters } });
    await channel.bindQueue(queue, tasks.name, queue);
    this.#address = queue;
    channel.once('close', () => {
      if (this.#address === queue) this.#address = undefined;
    });
    return queue;
  }
}

/** An inbox whose deliveries come by this subscription. */
export function inboxOf(queue: InboxQueue, subscription: Subscription): Inbox {
  let open = true;
  return {
    get address() {
      return open ? queue.address : undefined;
    },
    cancel: () => {
      open = false;
      return subscription.cancel();
    },
  };
}
