import { BATCH_FILTERS, type BatchFilter } from './batch-standing.ts';

/** What of a batch's page is in its address, besides the batch. */
export interface BatchSearch {
  readonly show?: BatchFilter | undefined;
}

export function readBatchSearch({ show }: Record<string, unknown>): BatchSearch {
  const known = BATCH_FILTERS.find((filter) => filter === show);
  return known === undefined || known === 'all' ? {} : { show: known };
}
