import { randomBytes } from 'node:crypto';
import { silentLogger } from '@tessera/runtime';
import { connect } from 'amqplib';
import type { Broker } from '../../broker.ts';
import type { RabbitMqBrokerOptions } from '../options.ts';
import { createRabbitMqBroker } from '../rabbitmq-broker.ts';
import { createTopology } from '../topology.ts';

/** Names of a test's own on a broker that others use too. */
export class Namespace {
  readonly name = `test-${randomBytes(6).toString('hex')}`;
  readonly topology = createTopology(this.name, 3);
  readonly #url: string;
  readonly #brokers: Broker[] = [];

  constructor(url: string) {
    this.#url = url;
  }

  /** A broker of this namespace, closed by `remove`. */
  async open(options: Partial<RabbitMqBrokerOptions> = {}): Promise<Broker> {
    const broker = await createRabbitMqBroker({
      url: this.#url,
      name: 'test',
      role: 'master',
      declare: true,
      logger: silentLogger(),
      namespace: this.name,
      drainMilliseconds: 500,
      ...options,
    });
    this.#brokers.push(broker);
    return broker;
  }

  /** Closes the brokers and deletes what they declared. */
  async remove(): Promise<void> {
    await Promise.all(this.#brokers.map((broker) => broker.close()));
    await withChannel(this.#url, async (channel) => {
      for (const { name } of Object.values(this.topology.queues)) {
        await channel.deleteQueue(name);
        await channel.deleteExchange(name);
      }
      for (const exchange of Object.values(this.topology.topics)) await channel.deleteExchange(exchange);
    });
  }
}

/** Runs `use` on a channel of a connection of its own, beside those under test. */
export async function withChannel<Result>(
  url: string,
  use: (channel: Awaited<ReturnType<Awaited<ReturnType<typeof connect>>['createConfirmChannel']>>) => Promise<Result>,
): Promise<Result> {
  const model = await connect(url, { timeout: 5000 });
  model.on('error', () => undefined);
  const channel = await model.createConfirmChannel();
  channel.on('error', () => undefined);
  try {
    return await use(channel);
  } finally {
    await model.close();
  }
}
