import type { OpsSpan } from '@tessera/contracts';

export interface OpsSearch {
  /** How far back charts go. */
  readonly span?: OpsSpan;
}

/** What of an address changes the charts. */
export function readOpsSearch(search: Readonly<Record<string, unknown>>): OpsSearch {
  return search.span === 'day' ? { span: 'day' } : {};
}
