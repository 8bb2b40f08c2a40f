import {
  MAX_CATALOGUE_RECORDS,
  catalogueChangesSchema,
  catalogueRecordsSchema,
  catalogueRecordsTakenSchema,
} from '@tessera/contracts';
import * as z from 'zod';
import { route } from '../http/route.ts';

const TAG = 'Catalogue';

export const catalogueExchangeRoutes = {
  listCatalogueChanges: route({
    method: 'get',
    path: '/api/v1/catalogue/changes',
    tag: TAG,
    summary: 'What changed of what is shared',
    description:
      'For other sites: each thing once, as it is now, in the order of the changes; things that are gone, too.',
    query: z.strictObject({
      after: z.coerce.number().int().min(0).default(0).describe('`next` of the answer before.'),
      limit: z.coerce.number().int().min(1).max(MAX_CATALOGUE_RECORDS).default(MAX_CATALOGUE_RECORDS),
    }),
    guards: [],
    answer: { kind: 'json', status: 200, schema: catalogueChangesSchema, description: 'The changes.' },
    errors: ['BAD_REQUEST'],
  }),
  putCatalogueRecords: route({
    method: 'post',
    path: '/api/v1/catalogue/records',
    tag: TAG,
    summary: 'Tell this site of another’s things',
    description:
      'For the sites that this one names as members (CATALOGUE_MEMBERS), each with its own bearer token and for its own ' +
      'things only. The same may be told again, late or in any order: the greatest revision counts.',
    body: catalogueRecordsSchema,
    guards: [],
    answer: { kind: 'json', status: 200, schema: catalogueRecordsTakenSchema, description: 'What was news.' },
    errors: ['BAD_REQUEST', 'UNAUTHORIZED', 'FORBIDDEN'],
  }),
} as const;
