import { createMetrics, type Metrics } from '@tessera/runtime';

/** The figures of one broker client. */
export type BrokerMetrics = ReturnType<typeof createBrokerMetrics>;

/** Registers the figures; without a registry they are kept and shown to nobody. */
export function createBrokerMetrics(metrics: Metrics = createMetrics()) {
  return {
    reconnects: metrics.counter('tessera_broker_reconnects_total', 'Connections after the first one', ['connection']),
    connected: metrics.gauge(
      'tessera_broker_connected',
      'Whether both connections to the broker are usable (1) or not',
    ),
    epochAge: metrics.gauge(
      'tessera_broker_epoch_age_seconds',
      'Age of the present pair of connections, 0 without one',
    ),
    unconfirmed: metrics.gauge('tessera_broker_unconfirmed_messages', 'Published messages without a confirm yet'),
    returned: metrics.counter('tessera_broker_returned_messages_total', 'Published messages that fitted no queue'),
    redelivered: metrics.counter('tessera_broker_redelivered_messages_total', 'Deliveries after the first', ['queue']),
    deliveryCount: metrics.histogram(
      'tessera_broker_delivery_count',
      'Earlier deliveries of the messages delivered',
      [0, 1, 2, 5, 10, 20, 50],
      ['queue'],
    ),
    blocked: metrics.counter('tessera_broker_blocked_seconds_total', 'Time in which the broker accepted no publishes'),
  };
}
