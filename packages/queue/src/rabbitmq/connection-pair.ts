import type { Logger } from '@tessera/runtime';
import type { AmqpConnection } from './amqp-connection.ts';
import type { BrokerMetrics } from './broker-metrics.ts';
import { unavailable } from './failure.ts';
import { Link, type LinkOptions } from './link.ts';
import { checkTopology, declareTopology, findMissing, holdsWork, isComplete, type Topology } from './topology.ts';

export interface ConnectEvent {
  readonly epoch: number;
  readonly fresh: boolean;
}

export interface ConnectionPairOptions extends Omit<LinkOptions, 'connectionName' | 'setup' | 'onUp' | 'onDown'> {
  readonly name: string;
  readonly role: 'master' | 'executor';
  readonly declare: boolean;
  readonly topology: Topology;
  readonly topologyCheckMilliseconds: number;
  readonly metrics: BrokerMetrics;
  /** Prepare a new connection for its purpose. */
  readonly setupPublish: (connection: AmqpConnection) => Promise<void>;
  readonly setupConsume: (connection: AmqpConnection) => Promise<void>;
  readonly onPublishDown: () => void;
  readonly onConsumeUp: (connection: AmqpConnection) => void;
}

/**
 * A connection to publish and one to consume, for a broker that is short of memory stops to read from whoever
 * publishes, and must not stop acknowledgements with that. Each is replaced when it is lost; both being there makes an
 * epoch.
 */
export class ConnectionPair {
  readonly #options: ConnectionPairOptions;
  readonly #publish: Link;
  readonly #consume: Link;
  readonly #listeners = new Set<(event: ConnectEvent) => void>();
  #watch: NodeJS.Timeout | undefined;
  #watching = false;
  #latest: ConnectEvent = { epoch: 0, fresh: false };
  #since = 0;
  /** Queues were missing since the last epoch began. */
  #lost = false;

  constructor(options: ConnectionPairOptions) {
    this.#options = options;
    this.#publish = this.#link('publish', options.setupPublish, { onDown: options.onPublishDown });
    this.#consume = this.#link('consume', options.setupConsume, { onUp: options.onConsumeUp });
  }

  /** @throws AppError as `Link.start` does. */
  async start(): Promise<void> {
    const { declare, topologyCheckMilliseconds } = this.#options;
    // One after the other: the first one declares what is missing.
    await this.#publish.start();
    await this.#consume.start();
    if (!declare) return;
    this.#watch = setInterval(() => void this.verify({ repair: false }), topologyCheckMilliseconds);
    this.#watch.unref();
  }

  get publishing(): AmqpConnection | undefined {
    return this.#publish.current;
  }

  get consuming(): AmqpConnection | undefined {
    return this.#consume.current;
  }

  get connected(): boolean {
    return this.#publish.current !== undefined && this.#consume.current !== undefined;
  }

  get epoch(): number {
    return this.#latest.epoch;
  }

  /** Seconds since both connections are there; 0 if they are not. */
  get ageSeconds(): number {
    return this.connected ? (performance.now() - this.#since) / 1000 : 0;
  }

  onConnect(listener: (event: ConnectEvent) => void): () => void {
    this.#listeners.add(listener);
    const { epoch } = this.#latest;
    queueMicrotask(() => {
      // A connection made meanwhile was told already.
      if (this.connected && this.epoch === epoch && this.#listeners.has(listener)) this.#tell(listener);
    });
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Looks whether all queues are there, and if not makes the publishing connection anew, which declares them. With
   * `repair` it also declares what else may be missing, such as a binding. Never throws.
   */
  async verify({ repair }: { readonly repair: boolean }): Promise<void> {
    // Asked on the connection that the broker never blocks.
    const connection = this.#consume.current;
    if (!this.#options.declare || this.#watching || !connection) return;
    this.#watching = true;
    try {
      const { topology } = this.#options;
      if (!(await isComplete(connection, topology))) this.#publish.current?.drop(unavailable('a queue was deleted'));
      else if (repair) await declareTopology(connection, topology);
    } catch (error) {
      this.#options.logger.debug({ err: error }, 'topology:check-failed');
    } finally {
      this.#watching = false;
    }
  }

  /** Closes both connections within 3 seconds. */
  async close(): Promise<void> {
    clearInterval(this.#watch);
    await Promise.all([this.#publish.close(), this.#consume.close()]);
  }

  #link(
    purpose: 'publish' | 'consume',
    setup: (connection: AmqpConnection) => Promise<void>,
    hooks: { readonly onUp?: (connection: AmqpConnection) => void; readonly onDown?: () => void },
  ): Link {
    const { metrics } = this.#options;
    const logger: Logger = this.#options.logger.child({ connection: purpose });
    let connections = 0;
    return new Link({
      ...this.#options,
      logger,
      connectionName: `${this.#options.name}:${purpose}`,
      setup: async (connection) => {
        await this.#ensureTopology(connection);
        await setup(connection);
      },
      onUp: (connection) => {
        if ((connections += 1) > 1) metrics.reconnects.inc({ connection: purpose });
        logger.info({}, 'broker:connected');
        hooks.onUp?.(connection);
        this.#announce();
      },
      onDown: () => {
        metrics.connected.set(0);
        hooks.onDown?.();
      },
    });
  }

  async #ensureTopology(connection: AmqpConnection): Promise<void> {
    const { topology, role, declare, logger } = this.#options;
    if (!declare) {
      await checkTopology(connection, topology, role);
      return;
    }
    const missing = await findMissing(connection, topology);
    // Remembered before they are declared: if this connection fails half-way, the next one will find them there.
    if (holdsWork(missing)) this.#lost = true;
    if (missing.length > 0) logger.warn({ queues: missing }, 'topology:declared-anew');
    await declareTopology(connection, topology);
  }

  #announce(): void {
    if (!this.connected) return;
    this.#latest = { epoch: this.#latest.epoch + 1, fresh: this.#lost };
    this.#lost = false;
    this.#since = performance.now();
    this.#options.metrics.connected.set(1);
    for (const listener of [...this.#listeners]) this.#tell(listener);
  }

  #tell(listener: (event: ConnectEvent) => void): void {
    try {
      listener(this.#latest);
    } catch (error) {
      this.#options.logger.error({ err: error }, 'broker:connect-listener-failed');
    }
  }
}
