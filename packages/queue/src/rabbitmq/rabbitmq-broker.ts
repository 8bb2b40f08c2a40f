import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@tessera/runtime';
import type { Channel } from 'amqplib';
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
import { inboxDeliveryLimit } from '../delivery-limits.ts';
import { encodeBody } from '../message-body.ts';
import { parseAddresses } from './addresses.ts';
import type { AmqpConnection } from './amqp-connection.ts';
import { createBrokerMetrics, type BrokerMetrics } from './broker-metrics.ts';
import { ConnectionPair, type ConnectEvent } from './connection-pair.ts';
import { explainFailure, unavailable } from './failure.ts';
import { InboxQueue, inboxOf } from './inbox-queue.ts';
import type { RabbitMqBrokerOptions } from './options.ts';
import { Publisher } from './publisher.ts';
import { TopicSubscription } from './topic-subscription.ts';
import { createTopology, ownQueue, type Topology } from './topology.ts';
import type { WorkLaneOptions } from './work-lane.ts';
import { WorkSubscription } from './work-subscription.ts';

/** A subscription that is moved from connection to connection until it is finished. */
interface Attachable extends Subscription {
  readonly finished: boolean;
  attach(connection: AmqpConnection): Promise<void>;
}

/** Deliveries of a task where nobody says otherwise. */
const DELIVERIES = 3;
/** How often the figures that change with time are brought up to date. */
const TICK_MILLISECONDS = 1000;
/** Longest time of a question to the broker. */
const ASK_MILLISECONDS = 10_000;

/**
 * Connects to RabbitMQ (3.10 and later). Resolves when work can be published and consumed.
 *
 * @throws AppError INVALID_CONFIG at once for a refused user, password, permission, virtual host or certificate,
 * BROKER_MISCONFIGURED at once if the broker holds queues declared otherwise, BROKER_UNAVAILABLE if there is no
 * connection within the time to start.
 */
export async function createRabbitMqBroker(options: RabbitMqBrokerOptions): Promise<Broker> {
  const broker = new RabbitMqBroker(options);
  await broker.start();
  return broker;
}

class RabbitMqBroker implements Broker {
  readonly #options: RabbitMqBrokerOptions;
  readonly #random: () => number;
  readonly #topology: Topology;
  readonly #metrics: BrokerMetrics;
  readonly #publisher: Publisher;
  readonly #connections: ConnectionPair;
  readonly #work = new Set<WorkSubscription>();
  readonly #topics = new Set<TopicSubscription>();
  readonly #idle = new Set<() => void>();
  #broadcasts: Channel | undefined;
  #tick: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;
  #closed = false;

  constructor(options: RabbitMqBrokerOptions) {
    if (options.name.length > 100) {
      throw new AppError('INVALID_CONFIG', { message: 'The name of a broker connection has at most 100 characters.' });
    }
    this.#options = options;
    this.#random = options.random ?? Math.random;
    this.#topology = createTopology(options.namespace ?? 'tessera', options.deliveryLimit ?? DELIVERIES);
    this.#metrics = createBrokerMetrics(options.metrics);
    this.#publisher = new Publisher({
      timeoutMilliseconds: options.publishTimeoutMilliseconds ?? 10_000,
      metrics: this.#metrics,
      onUnroutable: () => void this.#connections.verify({ repair: true }),
      onSettled: () => this.#settled(),
    });
    this.#connections = new ConnectionPair({
      urls: parseAddresses(options.url),
      name: options.name,
      role: options.role,
      declare: options.declare,
      logger: options.logger,
      topology: this.#topology,
      metrics: this.#metrics,
      random: this.#random,
      connectTimeoutMilliseconds: options.connectTimeoutMilliseconds ?? 5000,
      heartbeatSeconds: options.heartbeatSeconds ?? 10,
      startTimeoutMilliseconds: options.startTimeoutMilliseconds ?? 60_000,
      topologyCheckMilliseconds: options.topologyCheckMilliseconds ?? 1000,
      ca: readCertificates(options.caFile),
      setupPublish: async (connection) => {
        this.#broadcasts = await connection.channel();
        await this.#publisher.attach(connection);
      },
      setupConsume: async (connection) => {
        for (const subscription of [...this.#work, ...this.#topics]) await subscription.attach(connection);
      },
      onPublishDown: () => this.#publisher.detach('the connection was lost'),
      // Those that were added while the connection was set up.
      onConsumeUp: (connection) => {
        for (const subscription of [...this.#work, ...this.#topics]) {
          subscription.attach(connection).catch((error: unknown) => connection.drop(error));
        }
      },
    });
  }

  async start(): Promise<void> {
    try {
      await this.#connections.start();
    } catch (error) {
      await this.#connections.close();
      throw error;
    }
    this.#tick = setInterval(() => {
      this.#metrics.epochAge.set(this.#connections.ageSeconds);
      if (this.#publisher.blocked) this.#metrics.blocked.inc(TICK_MILLISECONDS / 1000);
    }, TICK_MILLISECONDS);
    this.#tick.unref();
  }

  async publish(queue: QueueName, body: unknown, options: PublishOptions): Promise<void> {
    await this.#publish(this.#topology.queues[queue].name, '', body, options);
  }

  async send(address: string, body: unknown, options: PublishOptions): Promise<void> {
    await this.#publish(this.#topology.queues.tasks.name, address, body, options);
  }

  async #publish(exchange: string, routingKey: string, body: unknown, options: PublishOptions): Promise<void> {
    this.#assertOpen();
    this.#publisher.assertReady();
    await this.#publisher.publish({ exchange, routingKey, body: encodeBody(body), ...options });
  }

  async consume(queue: QueueName, { prefetch }: ConsumeOptions, handler: DeliveryHandler): Promise<Subscription> {
    const prepare = (): Promise<string> => Promise.resolve(this.#topology.queues[queue].name);
    return this.#consume({ queue, prepare, prefetch, handler });
  }

  async openInbox({ prefetch }: ConsumeOptions, handler: DeliveryHandler): Promise<Inbox> {
    const { name, deliveryLimit = DELIVERIES } = this.#options;
    const queue = new InboxQueue({ topology: this.#topology, name, random: this.#random });
    const subscription = await this.#consume({
      queue: 'inbox',
      prepare: (channel) => queue.declare(channel),
      deliveryLimit: inboxDeliveryLimit(deliveryLimit),
      prefetch,
      handler,
    });
    return inboxOf(queue, subscription);
  }

  #consume(
    options: Pick<WorkLaneOptions, 'queue' | 'prepare' | 'prefetch' | 'handler' | 'deliveryLimit'>,
  ): Promise<Subscription> {
    this.#assertTaking();
    const { logger } = this.#options;
    const shared = { logger, random: this.#random, metrics: this.#metrics, onSettled: () => this.#settled() };
    return this.#subscribe(this.#work, new WorkSubscription({ ...options, ...shared }));
  }

  broadcast(topic: Topic, body: unknown): void {
    const bytes = encodeBody(body);
    // Without a connection, or to a blocked one, it would wait in memory for listeners of another time.
    if (!this.#connections.publishing || this.#publisher.blocked) return;
    try {
      this.#broadcasts?.publish(this.#topology.topics[topic], '', bytes, { contentType: 'application/json' });
    } catch (error) {
      this.#options.logger.debug({ err: error, topic }, 'broadcast:lost');
    }
  }

  async subscribe(topic: Topic, handler: (body: unknown) => void): Promise<Subscription> {
    this.#assertTaking();
    const { name, logger } = this.#options;
    const exchange = this.#topology.topics[topic];
    const queueName = (): string => ownQueue(exchange, name, this.#random);
    return this.#subscribe(this.#topics, new TopicSubscription({ exchange, queueName, handler, logger }));
  }

  async depth(queue: QueueName): Promise<number> {
    this.#assertOpen();
    const connection = this.#connections.consuming;
    if (!connection) throw unavailable('there is no connection now');
    const done = new AbortController();
    try {
      const late = delay(ASK_MILLISECONDS, undefined, { signal: done.signal });
      const answer = await Promise.race([
        connection.probe((channel) => channel.checkQueue(this.#topology.queues[queue].name)),
        late.then(() => Promise.reject(unavailable('it did not answer in time'))),
      ]);
      return answer.messageCount;
    } catch (error) {
      void this.#connections.verify({ repair: false });
      const problem = explainFailure(error).error;
      throw problem.code === 'BROKER_UNAVAILABLE' ? problem : unavailable(problem.message, error);
    } finally {
      done.abort();
    }
  }

  status(): BrokerStatus {
    const { connected, epoch } = this.#connections;
    return { connected: connected && !this.#closed, blocked: this.#publisher.blocked, epoch };
  }

  onConnect(listener: (event: ConnectEvent) => void): () => void {
    return this.#connections.onConnect(listener);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const subscriptions = [...this.#work, ...this.#topics];
    const drainBy = performance.now() + (this.#options.drainMilliseconds ?? 25_000);
    await Promise.all(subscriptions.map((subscription) => subscription.cancel()));
    await this.#drained(Math.max(0, drainBy - performance.now()));
    this.#closed = true;
    clearInterval(this.#tick);
    for (const subscription of this.#work) subscription.abandon();
    this.#publisher.detach('it was closed');
    await this.#connections.close();
    this.#metrics.connected.set(0);
  }

  /** Resolves when no delivery and no publish is in flight, or the time for that is over. */
  #drained(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      const check = (): void => {
        if (this.#publisher.open > 0 || [...this.#work].some(({ inFlight }) => inFlight > 0)) return;
        clearTimeout(timer);
        resolve();
      };
      this.#idle.add(check);
      check();
    });
  }

  #settled(): void {
    for (const subscription of this.#work) if (subscription.finished) this.#work.delete(subscription);
    for (const check of this.#idle) check();
  }

  async #subscribe<Kind extends Attachable>(all: Set<Kind>, subscription: Kind): Promise<Subscription> {
    all.add(subscription);
    const cancel = async (): Promise<void> => {
      await subscription.cancel();
      if (subscription.finished) all.delete(subscription);
    };
    const connection = this.#connections.consuming;
    try {
      if (connection) await subscription.attach(connection);
    } catch (error) {
      const { error: problem, fatal } = explainFailure(error);
      // Any other failure ends the connection, and the next one takes the subscription along.
      if (fatal) {
        all.delete(subscription);
        throw problem;
      }
    }
    return { cancel };
  }

  /** While deliveries end after `close` was called, publishing goes on, but nothing new is taken. */
  #assertTaking(): void {
    if (this.#closing) throw unavailable('it was closed');
  }

  #assertOpen(): void {
    if (this.#closed) throw unavailable('it was closed');
  }
}

function readCertificates(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AppError('INVALID_CONFIG', { message: `The certificate file ${file} can not be read.`, cause });
  }
}
