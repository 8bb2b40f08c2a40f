import { randomBytes } from 'node:crypto';
import type { WebhookRequest } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import {
  checkUrl,
  inTime,
  WEB_PORTS,
  withNamedHosts,
  type NamedHosts,
  type UrlAccess,
  type UrlLimits,
} from '@tessera/runtime/outbound';
import type { NewWebhook } from '@tessera/store';

/** Milliseconds for looking up the host. */
const LOOKUP = 5000;

/** Where webhooks may lead; undefined: this site has none. */
export type WebhookLimits = UrlLimits | undefined;

interface WebhookConfig {
  readonly WEBHOOK_PORTS?: readonly number[] | undefined;
  readonly WEBHOOK_RECEIVERS?: NamedHosts | undefined;
}

/** Where webhooks may lead: wherever images may be fetched from, and to the receivers that the operator names. */
export function webhookLimits(access: UrlAccess, config: WebhookConfig): UrlLimits {
  const { WEBHOOK_PORTS: ports = WEB_PORTS, WEBHOOK_RECEIVERS: receivers } = config;
  return { access: withNamedHosts(access, receivers), ports };
}

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
