import { randomBytes } from 'node:crypto';
import type { WebhookRequest } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import type { NewWebhook } from '@tessera/store';
import { checkUrl } from '../outbound/check-url.ts';
import { inTime } from '../outbound/in-time.ts';
import type { UrlLimits } from '../outbound/url-limits.ts';

/** Milliseconds for looking up the host. */
const LOOKUP = 5000;

/** Where webhooks may lead; undefined: this site has none. */
export type WebhookLimits = UrlLimits | undefined;

/** What a request says of a webhook, checked. */
export type WebhookWish = Pick<NewWebhook, 'url' | 'secret' | 'chosen'>;

/**
 * Looks at the address that a request gives: it is refused here, where somebody sees it, and judged again whenever it
 * is told something.
 *
 * @throws AppError URL_REFUSED, URL_UNREACHABLE if the name is not known.
 */
export async function webhookOf({ url, secret }: WebhookRequest, limits: WebhookLimits): Promise<WebhookWish> {
  if (limits === undefined) throw new AppError('URL_REFUSED', { message: 'This site has no webhooks.' });
  const checked = await inTime(checkUrl(url, undefined, limits), AbortSignal.timeout(LOOKUP));
  return {
    url: checked.url.href,
    secret: secret ?? randomBytes(32).toString('base64url'),
    chosen: secret !== undefined,
  };
}
