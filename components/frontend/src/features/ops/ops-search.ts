import { opsSpanSchema, type OpsSpan } from '@tessera/contracts';

export interface OpsSearch {
  /** How far back charts go. */
  readonly span?: OpsSpan;
}

/** What of an address changes the charts. */
export function readOpsSearch(search: Readonly<Record<string, unknown>>): OpsSearch {
  const { data: span } = opsSpanSchema.safeParse(search.span);
  return span === undefined || span === 'hour' ? {} : { span };
}
