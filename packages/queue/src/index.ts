export type {
  Broker,
  BrokerStatus,
  ConsumeOptions,
  Delivery,
  DeliveryHandler,
  Inbox,
  PublishOptions,
  QueueName,
  Subscription,
  Topic,
} from './broker.ts';
