import { AppError, type Logger, type Metrics } from '@tessera/runtime';
import type { UrlLimits } from '@tessera/runtime/outbound';
import type { ClaimedDelivery, DeliveryOutcome, WebhookStore } from '@tessera/store';
import { Repeat } from '../background/repeat.ts';
import { logError, logRef } from '../log-ref.ts';
import { eventBody } from './event-body.ts';
import { postEvent } from './post-event.ts';
import { sign } from './sign.ts';

/** Milliseconds between two looks for what is due. */
const POLL = 1000;
/** Milliseconds for one try. */
const TIMEOUT = 10_000;
/** Seconds after which a master that has begun a try and not told its outcome counts as dead. */
const LEASE_SECONDS = 30;
/** Tries side by side: of all visitors, and of one, so that a slow receiver does not keep the others waiting. */
const MAX_TRIES = 16;
const MAX_TRIES_OF_ONE = 4;

export interface WebhookSenderParts {
  readonly store: Pick<WebhookStore, 'claimDelivery' | 'settleDelivery'>;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly limits: UrlLimits;
  /** Seconds after the nth try until the next one; undefined: no more. */
  readonly backOff: (nth: number) => number | undefined;
  readonly now: () => Date;
}

/** Tells webhooks what is due, at least once. */
export class WebhookSender {
  readonly #parts: WebhookSenderParts;
  readonly #repeat: Repeat;
  readonly #tries;
  readonly #stop = new AbortController();
  /** The tries under way, and whose they are. */
  readonly #underWay = new Map<Promise<void>, string>();

  constructor(parts: WebhookSenderParts) {
    const { logger, metrics } = parts;
    this.#parts = parts;
    this.#repeat = new Repeat({ name: 'webhooks', milliseconds: POLL, logger, round: () => this.#begin() });
    this.#tries = metrics.counter('tessera_webhook_tries_total', 'Tries to tell webhooks, by outcome.', ['outcome']);
  }

  start(): void {
    this.#repeat.start();
  }

  /** Ends the tries under way; another master may begin them anew at once. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#repeat.close();
    await Promise.all(this.#underWay.keys());
  }

  async #begin(): Promise<void> {
    while (this.#underWay.size < MAX_TRIES && !this.#stop.signal.aborted) {
      const delivery = await this.#parts.store.claimDelivery({ leaseSeconds: LEASE_SECONDS, except: this.#busy() });
      if (delivery === undefined) return;
      const tried = this.#deliver(delivery).then(() => {
        this.#underWay.delete(tried);
        this.#repeat.wake();
      });
      this.#underWay.set(tried, delivery.visitor);
    }
  }

  #busy(): readonly string[] {
    const visitors = [...this.#underWay.values()];
    return [...new Set(visitors)].filter((one) => visitors.filter((other) => other === one).length >= MAX_TRIES_OF_ONE);
  }

  async #deliver(delivery: ClaimedDelivery): Promise<void> {
    const { store, logger } = this.#parts;
    try {
      const outcome = await this.#try(delivery);
      this.#tries.inc({ outcome: outcome.next === 'delivered' ? 'delivered' : 'failed' });
      const { status, error, next } = outcome;
      const about = { delivery: logRef(delivery.id), attempt: delivery.nth, status, error };
      if (next === 'failed') logger.warn(about, 'webhook:given-up');
      else logger.debug(about, next === 'delivered' ? 'webhook:delivered' : 'webhook:failed');
      await store.settleDelivery(outcome);
    } catch (error) {
      // It is due again when the lease is over.
      logger.warn({ err: logError(error) }, 'webhook:not-noted');
    }
  }

  async #try({ id, at, about, url, secret, attempt, nth }: ClaimedDelivery): Promise<DeliveryOutcome> {
    const { limits, now, backOff } = this.#parts;
    const body = eventBody({ id, at, about });
    const headers = { 'tessera-delivery': id, 'tessera-signature': sign(secret, body, now()) };
    try {
      const status = await postEvent(url, { headers, body }, { ...limits, milliseconds: TIMEOUT }, this.#stop.signal);
      const ok = status >= 200 && status < 300;
      return { id, attempt, status, error: null, next: ok ? 'delivered' : (backOff(nth) ?? 'failed') };
    } catch (error) {
      if (this.#stop.signal.aborted) return { id, attempt, status: null, error: 'SHUTTING_DOWN', next: 0 };
      // Why in detail may tell of the network behind the site, and would name the address.
      return { id, attempt, status: null, error: AppError.from(error).code, next: backOff(nth) ?? 'failed' };
    }
  }
}
