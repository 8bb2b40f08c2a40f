import type { DeliveryState, OpsSpan } from '@tessera/contracts';

export interface OpsSearch {
  /** How far back charts go. */
  readonly span?: OpsSpan;
}

/** What of an address changes the charts. */
export function readOpsSearch(search: Readonly<Record<string, unknown>>): OpsSearch {
  return search.span === 'day' ? { span: 'day' } : {};
}

export interface WebhookSearch {
  /** Only what stands like this. */
  readonly state?: DeliveryState;
}

const STATES: readonly unknown[] = ['waiting', 'delivered', 'failed'];

/** Which deliveries an address shows. */
export function readWebhookSearch({ state }: Readonly<Record<string, unknown>>): WebhookSearch {
  return STATES.includes(state) ? { state: state as DeliveryState } : {};
}
