export type {
  Broker,
  BrokerStatus,
  ConsumeOptions,
  Delivery,
  DeliveryHandler,
  PublishOptions,
  QueueName,
  Subscription,
  Topic,
} from './broker.ts';
