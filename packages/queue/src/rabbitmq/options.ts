import type { Logger, Metrics } from '@tessera/runtime';

export interface RabbitMqBrokerOptions {
  /** `amqp://` or `amqps://`, with user, password and virtual host; several, for a cluster, with commas between them. */
  readonly url: string;
  /** Name of this process in the broker's list of connections, at most 100 characters. */
  readonly name: string;
  /** A master uses every queue; an executor takes tasks and publishes events. */
  readonly role: 'master' | 'executor';
  /**
   * Whether queues and exchanges that are missing are declared. Without it the user needs no `configure` permission
   * but for its own exclusive queues, named `<namespace>.control.v1.<name>.…`, `<namespace>.presence.v1.<name>.…` and
   * `<namespace>.tasks.v1.<name>.…`, and waits for somebody else to declare the rest.
   */
  readonly declare: boolean;
  readonly logger: Logger;
  /** A registry that no other broker of the process uses. */
  readonly metrics?: Metrics | undefined;
  /** First part of all names on the broker. Default `tessera`. */
  readonly namespace?: string | undefined;
  /** Deliveries of a task after which it goes to the dead-letter queue, at least 1. Default 3. */
  readonly deliveryLimit?: number | undefined;
  /** A file with the certificates (PEM) that the broker's certificate is checked against. Default: the system's. */
  readonly caFile?: string | undefined;
  /** Longest time from the first packet to an open connection. Default 5000. */
  readonly connectTimeoutMilliseconds?: number | undefined;
  /** A peer that is silent for two to three of these is given up. Default 10. */
  readonly heartbeatSeconds?: number | undefined;
  /** Longest time a publish waits for its confirm. Default 10 000. */
  readonly publishTimeoutMilliseconds?: number | undefined;
  /** Longest time to the first connection; later ones are tried for ever. Default 60 000. */
  readonly startTimeoutMilliseconds?: number | undefined;
  /** How long `close` waits for deliveries in flight and confirms. Default 25 000. */
  readonly drainMilliseconds?: number | undefined;
  /** How often a declaring broker looks whether its queues are still there. Default 1000. */
  readonly topologyCheckMilliseconds?: number | undefined;
  /** Uniform in [0, 1). */
  readonly random?: (() => number) | undefined;
}
