import { inject } from 'vitest';
import { brokerContract } from '../broker.contract.ts';
import { Namespace } from './testing/namespace.ts';

brokerContract('createRabbitMqBroker', () => {
  const namespace = new Namespace(inject('amqpUrl'));
  return Promise.resolve({
    make: (role: 'master' | 'executor') => namespace.open({ role, declare: role === 'master', name: role }),
    cleanup: () => namespace.remove(),
  });
});
