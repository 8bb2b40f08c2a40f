export {
  createInProcessBroker,
  createInProcessHub,
  type InProcessBrokerOptions,
  type InProcessHub,
} from './in-process-broker.ts';
