import { deliveryListSchema, deliverySchema } from '@tessera/contracts';
import { route } from '../http/route.ts';

const TAG = 'Webhooks';

export const webhookRoutes = {
  listDeliveries: route({
    method: 'get',
    path: '/api/v1/jobs/:job/deliveries',
    tag: TAG,
    summary: 'What the webhook of a job is told',
    description: 'Of the job and of its batch, oldest first. Only the visitor who submitted the job may ask.',
    guards: [],
    answer: { kind: 'json', status: 200, schema: deliveryListSchema, description: 'The deliveries.' },
    errors: ['NOT_FOUND'],
  }),
  replayDelivery: route({
    method: 'post',
    path: '/api/v1/deliveries/:delivery/replay',
    tag: TAG,
    summary: 'Tell a webhook again',
    description:
      'The same id and body with a fresh time and signature, with all retries, however it went before. Only the ' +
      'visitor who submitted the job may ask.',
    guards: ['submit'],
    answer: { kind: 'json', status: 202, schema: deliverySchema, description: 'The delivery, waiting.' },
    errors: ['NOT_FOUND'],
  }),
} as const;
