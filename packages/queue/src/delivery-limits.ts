import type { QueueName } from './broker.ts';

/** Deliveries of an event before it is given up: its handler is a master, whose database may be away for minutes. */
const EVENT_DELIVERIES = 100;

/** The dead-letter queue never gives a message up; brokers want a number, and their default would be 20. */
const DEAD_DELIVERIES = 1_000_000;

/** How often a message of each queue is delivered before it goes to the dead-letter queue. */
export function deliveryLimits(tasks: number): Readonly<Record<QueueName, number>> {
  return { tasks, events: EVENT_DELIVERIES, dead: DEAD_DELIVERIES };
}

/** Deliveries that an inbox can tell apart: the first, and any other. */
const INBOX_DELIVERIES = 2;

/** How often a message in an inbox is delivered before it goes to the dead-letter queue. */
export function inboxDeliveryLimit(tasks: number): number {
  return Math.min(tasks, INBOX_DELIVERIES);
}
