import type { BatchEndFacts, DeliveryState, ErrorCode, JobEndFacts } from '@tessera/contracts';

/** An address that is told when jobs end. */
export interface NewWebhook {
  readonly id: string;
  readonly visitor: string;
  /** The batch that the jobs join; null: none. A batch has one webhook for each address. */
  readonly batch: string | null;
  /** Normalised. */
  readonly url: string;
  readonly secret: string;
  /** Whether the visitor chose the secret: then it replaces that of an equal webhook of the batch. */
  readonly chosen: boolean;
}

/** Something to tell, and how that went so far. */
export interface DeliveryRow {
  readonly id: string;
  /** Null: about the batch. */
  readonly job: string | null;
  readonly batch: string | null;
  /** When it came to be. */
  readonly at: Date;
  readonly state: DeliveryState;
  /** Tries that were begun since it came to be, or was replayed. */
  readonly attempts: number;
  readonly triedAt: Date | null;
  /** The next try; null if there is none to come. */
  readonly dueAt: Date | null;
  /** Of HTTP, of the last answer. */
  readonly status: number | null;
  readonly error: ErrorCode | null;
}

/** A try that somebody has begun. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly visitor: string;
  readonly at: Date;
  readonly about:
    { readonly job: string; readonly facts: JobEndFacts } | { readonly batch: string; readonly facts: BatchEndFacts };
  readonly url: string;
  readonly secret: string;
  /** Names this try; its outcome counts only if no other was begun since. */
  readonly attempt: number;
  /** Tries since the delivery came to be, or was replayed; 1: the first. */
  readonly nth: number;
}

/** How a try went. */
export interface DeliveryOutcome {
  readonly id: string;
  readonly attempt: number;
  readonly status: number | null;
  readonly error: ErrorCode | null;
  /** `delivered`, given up (`failed`), or seconds until the next try. */
  readonly next: 'delivered' | 'failed' | number;
}

/** What is told to addresses outside. Deliveries come to be in the transactions in which jobs end. */
export interface WebhookStore {
  /** The webhook of a job. */
  getWebhook(job: string): Promise<Pick<NewWebhook, 'id' | 'url' | 'secret'> | undefined>;
  /**
   * Begins a try of the delivery that is due longest, none of these visitors; undefined if none is due. Without an
   * outcome within `leaseSeconds` it is due again.
   */
  claimDelivery(limits: {
    readonly leaseSeconds: number;
    readonly except: readonly string[];
  }): Promise<ClaimedDelivery | undefined>;
  /** Notes how a try went; tells false, and does nothing, if another was begun since or the delivery is gone. */
  settleDelivery(outcome: DeliveryOutcome): Promise<boolean>;
  /** What there is to tell of a job and of its batch, oldest first. */
  listDeliveries(job: string): Promise<readonly DeliveryRow[]>;
  /** Makes a delivery of this visitor due anew, with all its retries; undefined if there is none. */
  replayDelivery(delivery: { readonly id: string; readonly visitor: string }): Promise<DeliveryRow | undefined>;
}
