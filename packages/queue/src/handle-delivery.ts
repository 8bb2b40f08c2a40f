import { setTimeout as delay } from 'node:timers/promises';
import { fullJitter, type Backoff, type Logger } from '@tessera/runtime';
import type { Delivery, DeliveryHandler } from './broker.ts';

/** How long a delivery is held back after its handler threw, so that a fault behind the handler makes no hot loop. */
const RETRY_BACKOFF: Backoff = { firstMilliseconds: 200, maxMilliseconds: 5000 };

export interface HandleDeliveryContext {
  readonly logger: Logger;
  readonly random: () => number;
}

/** Runs a handler on a delivery. Never throws: a handler that does has its delivery retried after a short delay. */
export async function handleDelivery(
  delivery: Delivery,
  handler: DeliveryHandler,
  context: HandleDeliveryContext,
): Promise<void> {
  try {
    await handler(delivery);
  } catch (error) {
    const { messageId, deliveryCount } = delivery;
    context.logger.error({ err: error, messageId, deliveryCount }, 'delivery:handler-failed');
    await delay(fullJitter(RETRY_BACKOFF, deliveryCount, context.random));
    delivery.retry();
  }
}
