import { MESSAGE_VERSION } from '@tessera/contracts';
import type { Channel } from 'amqplib';
import type { QueueName, Topic } from '../broker.ts';
import { deliveryLimits } from '../delivery-limits.ts';
import type { AmqpConnection } from './amqp-connection.ts';
import { isMissing, unavailable } from './failure.ts';

export interface QueueDefinition {
  /** Name of the queue, and of the direct exchange that feeds it and nothing else: permissions are by exchange. */
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Names on the broker, with the message version in them, and the fixed arguments of the queues. */
export interface Topology {
  readonly queues: Readonly<Record<QueueName, QueueDefinition>>;
  /** Names of the fan-out exchanges. */
  readonly topics: Readonly<Record<Topic, string>>;
}

/** @param deliveries how often a task is delivered before it goes to the dead-letter queue. */
export function createTopology(namespace: string, deliveries: number): Topology {
  const named = (name: string): string => `${namespace}.${name}.v${String(MESSAGE_VERSION)}`;
  const limits = deliveryLimits(deliveries);
  const durable = (queue: QueueName): Readonly<Record<string, unknown>> => ({
    'x-queue-type': 'quorum',
    // The broker counts returns, and gives a message up that was returned more often than this. Always set: without it
    // the limit depends on the broker's version; -1 means "no limit" to new ones and "no second try" to old ones.
    'x-delivery-limit': limits[queue] - 1,
  });
  const deadLettering = {
    'x-dead-letter-exchange': named('dead'),
    'x-dead-letter-strategy': 'at-least-once',
    // Without it the strategy falls back to at-most-once in silence.
    'x-overflow': 'reject-publish',
  };
  return {
    queues: {
      tasks: { name: named('tasks'), arguments: { ...durable('tasks'), ...deadLettering } },
      events: { name: named('events'), arguments: { ...durable('events'), ...deadLettering } },
      dead: { name: named('dead'), arguments: durable('dead') },
    },
    topics: { control: named('control'), presence: named('presence') },
  };
}

const WORK: readonly QueueName[] = ['tasks', 'events'];

/**
 * Tells which queues are missing. Asks on channels of its own, for the broker closes a channel to say that.
 *
 * @throws what the broker says if a queue exists but does not work now.
 */
export async function findMissing(connection: AmqpConnection, topology: Topology): Promise<QueueName[]> {
  const missing: QueueName[] = [];
  for (const queue of [...WORK, 'dead'] as const) {
    try {
      await connection.probe((channel) => channel.checkQueue(topology.queues[queue].name));
    } catch (error) {
      if (!isMissing(error)) throw error;
      missing.push(queue);
    }
  }
  return missing;
}

/** Tells whether all queues are there, on one channel: cheaper than `findMissing`. */
export async function isComplete(connection: AmqpConnection, topology: Topology): Promise<boolean> {
  try {
    await connection.probe(async (channel) => {
      for (const { name } of Object.values(topology.queues)) await channel.checkQueue(name);
    });
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Tells whether one of the queues that hold work is among those missing. */
export function holdsWork(missing: readonly QueueName[]): boolean {
  return missing.some((queue) => WORK.includes(queue));
}

/**
 * Declares everything, changing nothing that is there.
 *
 * @throws an error with code 406 if something is there with other arguments.
 */
export async function declareTopology(connection: AmqpConnection, topology: Topology): Promise<void> {
  await connection.probe(async (channel) => {
    for (const exchange of Object.values(topology.topics)) {
      await channel.assertExchange(exchange, 'fanout', { durable: true });
    }
    for (const { name, arguments: settings } of Object.values(topology.queues)) {
      await channel.assertExchange(name, 'direct', { durable: true });
      await channel.assertQueue(name, { durable: true, arguments: settings });
      await channel.bindQueue(name, name, '');
    }
  });
}

/**
 * Looks whether what a role uses is there, and declares nothing.
 *
 * @throws AppError BROKER_UNAVAILABLE if something is not.
 */
export async function checkTopology(
  connection: AmqpConnection,
  topology: Topology,
  role: 'master' | 'executor',
): Promise<void> {
  const { queues, topics } = topology;
  const check = async (channel: Channel): Promise<void> => {
    for (const queue of role === 'master' ? Object.values(queues) : [queues.tasks])
      await channel.checkQueue(queue.name);
    const exchanges = role === 'master' ? [queues.tasks.name, queues.dead.name] : [queues.events.name];
    for (const exchange of [...exchanges, ...Object.values(topics)]) await channel.checkExchange(exchange);
  };
  try {
    await connection.probe(check);
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw unavailable('its queues were not declared yet', error);
  }
}

/** The name of a new exclusive queue: new at each connection, for an old one may linger. */
export function ownQueue(feeder: string, name: string, random: () => number): string {
  return `${feeder}.${name}.${Math.floor(random() * 2 ** 48).toString(36)}`;
}
