import { AppError, silentLogger, type Logger } from '@tessera/runtime';
import type {
  Broker,
  BrokerStatus,
  ConsumeOptions,
  DeliveryHandler,
  Inbox,
  PublishOptions,
  QueueName,
  Subscription,
  Topic,
} from '../broker.ts';
import { deliveryLimits, inboxDeliveryLimit } from '../delivery-limits.ts';
import { decodeBody, encodeBody } from '../message-body.ts';
import { WorkQueue } from './work-queue.ts';
import { WorkSubscription } from './work-subscription.ts';

export interface InProcessBrokerOptions {
  readonly logger?: Logger | undefined;
  /** Deliveries of a task after which it goes to the dead-letter queue. Default 3. */
  readonly deliveryLimit?: number | undefined;
  /** Uniform in [0, 1). */
  readonly random?: (() => number) | undefined;
  /** How long `close` waits for deliveries in flight, in milliseconds. Default 25 000. */
  readonly drainMilliseconds?: number | undefined;
}

type Listener = (body: unknown) => void;

/** What the brokers of one hub share: the queues and who listens. */
interface Shared {
  readonly queues: Readonly<Record<QueueName, WorkQueue>>;
  /** The open inboxes by their addresses, which are never used again. */
  readonly inboxes: Map<string, WorkQueue>;
  readonly newAddress: () => string;
  readonly listeners: Readonly<Record<Topic, Set<Listener>>>;
  readonly settings: {
    readonly logger: Logger;
    readonly limits: Readonly<Record<QueueName | 'inbox', number>>;
    readonly random: () => number;
    readonly drainMilliseconds: number;
  };
}

/** Queues in the memory of this process. Each `connect` gives a broker on the same queues, closed on its own. */
export interface InProcessHub {
  connect(): Broker;
}

/** Creates queues that live as long as the hub; their messages are lost with the process. */
export function createInProcessHub(options: InProcessBrokerOptions = {}): InProcessHub {
  const deliveryLimit = options.deliveryLimit ?? 3;
  let addresses = 0;
  const shared: Shared = {
    inboxes: new Map(),
    newAddress: () => `inbox-${String((addresses += 1))}`,
    queues: { tasks: new WorkQueue(), events: new WorkQueue(), dead: new WorkQueue() },
    listeners: { control: new Set(), presence: new Set() },
    settings: {
      logger: options.logger ?? silentLogger(),
      limits: { ...deliveryLimits(deliveryLimit), inbox: inboxDeliveryLimit(deliveryLimit) },
      random: options.random ?? Math.random,
      drainMilliseconds: options.drainMilliseconds ?? 25_000,
    },
  };
  return { connect: () => new InProcessBroker(shared) };
}

/** A broker with queues of its own in the memory of this process. Bodies go through JSON, as over a wire. */
export function createInProcessBroker(options: InProcessBrokerOptions = {}): Broker {
  return createInProcessHub(options).connect();
}

class InProcessBroker implements Broker {
  readonly #shared: Shared;
  readonly #subscriptions = new Set<WorkSubscription>();
  /** What closes the open inboxes of this broker. */
  readonly #inboxes = new Set<() => void>();
  readonly #listening = new Map<Listener, Topic>();
  #draining: (() => void) | undefined;
  #closing: Promise<void> | undefined;
  #closed = false;

  constructor(shared: Shared) {
    this.#shared = shared;
  }

  async publish(queue: QueueName, body: unknown, options: PublishOptions): Promise<void> {
    this.#put(() => this.#shared.queues[queue], body, options);
    await Promise.resolve();
  }

  async consume(queue: QueueName, options: ConsumeOptions, handler: DeliveryHandler): Promise<Subscription> {
    return Promise.resolve(this.#consume(this.#shared.queues[queue], queue, options, handler));
  }

  async send(address: string, body: unknown, options: PublishOptions): Promise<void> {
    this.#put(() => this.#shared.inboxes.get(address), body, options);
    await Promise.resolve();
  }

  async openInbox(options: ConsumeOptions, handler: DeliveryHandler): Promise<Inbox> {
    const { inboxes, newAddress } = this.#shared;
    const queue = new WorkQueue();
    const subscription = this.#consume(queue, 'inbox', options, handler);
    const address = newAddress();
    inboxes.set(address, queue);
    const close = (): void => void inboxes.delete(address);
    this.#inboxes.add(close);
    const inbox: Inbox = {
      get address() {
        return inboxes.has(address) ? address : undefined;
      },
      cancel: () => {
        close();
        this.#inboxes.delete(close);
        return subscription.cancel();
      },
    };
    return Promise.resolve(inbox);
  }

  /** @throws AppError BROKER_UNAVAILABLE after `close`, CANCELLED, UNROUTABLE if there is no such queue. */
  #put(find: () => WorkQueue | undefined, body: unknown, { signal, messageId, traceparent }: PublishOptions): void {
    this.#assertOpen();
    if (signal?.aborted) throw new AppError('CANCELLED', { cause: signal.reason });
    const bytes = encodeBody(body);
    const queue = find();
    if (queue === undefined) throw new AppError('UNROUTABLE');
    queue.put({ body: bytes, messageId, deliveryCount: 0, traceparent });
  }

  #consume(
    queue: WorkQueue,
    kind: QueueName | 'inbox',
    { prefetch }: ConsumeOptions,
    handler: DeliveryHandler,
  ): WorkSubscription {
    this.#assertOpen();
    const { queues, settings } = this.#shared;
    const onSettled = (): void => this.#draining?.();
    const deliveryLimit = settings.limits[kind];
    const options = { ...settings, prefetch, queue, dead: queues.dead, deliveryLimit, handler, onSettled };
    const subscription = new WorkSubscription(options);
    this.#subscriptions.add(subscription);
    return subscription;
  }

  broadcast(topic: Topic, body: unknown): void {
    if (this.#closed) return;
    const bytes = encodeBody(body);
    for (const listener of this.#shared.listeners[topic]) {
      setImmediate(() => {
        if (this.#shared.listeners[topic].has(listener)) listener(decodeBody(bytes)?.value);
      });
    }
  }

  async subscribe(topic: Topic, handler: Listener): Promise<Subscription> {
    this.#assertOpen();
    const listener: Listener = (body) => {
      try {
        handler(body);
      } catch (error) {
        this.#shared.settings.logger.error({ err: error, topic }, 'broadcast:handler-failed');
      }
    };
    this.#shared.listeners[topic].add(listener);
    this.#listening.set(listener, topic);
    return Promise.resolve({
      cancel: () => {
        this.#unlisten(listener);
        return Promise.resolve();
      },
    });
  }

  async depth(queue: QueueName): Promise<number> {
    this.#assertOpen();
    return Promise.resolve(this.#shared.queues[queue].depth);
  }

  status(): BrokerStatus {
    return { connected: !this.#closed, blocked: false, epoch: 1 };
  }

  onConnect(listener: (event: { readonly epoch: number; readonly fresh: boolean }) => void): () => void {
    let wanted = true;
    queueMicrotask(() => {
      if (!wanted || this.#closed) return;
      try {
        listener({ epoch: 1, fresh: true });
      } catch (error) {
        this.#shared.settings.logger.error({ err: error }, 'broker:connect-listener-failed');
      }
    });
    return () => {
      wanted = false;
    };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    for (const close of this.#inboxes) close();
    for (const subscription of this.#subscriptions) await subscription.cancel();
    await this.#drained();
    this.#closed = true;
    for (const subscription of this.#subscriptions) subscription.abandon();
    for (const listener of [...this.#listening.keys()]) this.#unlisten(listener);
  }

  /** Resolves when nothing is in flight or the time for it is over. */
  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#shared.settings.drainMilliseconds);
      this.#draining = () => {
        if ([...this.#subscriptions].some(({ inFlight }) => inFlight > 0)) return;
        clearTimeout(timer);
        resolve();
      };
      this.#draining();
    });
  }

  #unlisten(listener: Listener): void {
    const topic = this.#listening.get(listener);
    if (topic) this.#shared.listeners[topic].delete(listener);
    this.#listening.delete(listener);
  }

  #assertOpen(): void {
    if (this.#closed) throw new AppError('BROKER_UNAVAILABLE', { message: 'The message broker was closed.' });
  }
}
