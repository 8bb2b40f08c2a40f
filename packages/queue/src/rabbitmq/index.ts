export { createRabbitMqBroker } from './rabbitmq-broker.ts';
export type { RabbitMqBrokerOptions } from './options.ts';
