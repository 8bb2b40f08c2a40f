import { siteSchema } from '@tessera/contracts';
import { route } from '../http/route.ts';

export const siteRoutes = {
  getSite: route({
    method: 'get',
    path: '/api/v1/site',
    tag: 'Service',
    summary: 'Limits and abilities of this site',
    description: 'What a client has to know before it sends anything.',
    guards: [],
    answer: { kind: 'json', status: 200, schema: siteSchema, description: 'The limits.' },
    errors: [],
  }),
} as const;
