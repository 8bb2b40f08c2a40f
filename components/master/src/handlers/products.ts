import type { ProductRequest } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import type { JobStore } from '@tessera/store';
import { requireRoomToShare } from '../catalogue/room-to-share.ts';
import type { Admission } from '../http/admission.ts';
import type { FetchPlaces } from '../http/fetch-places.ts';
import { jobDto, type JobView } from '../jobs/job-dto.ts';
import { submitProduct, type ProductParts } from '../products/submit-product.ts';
import { webhookOf, type WebhookLimits } from '../webhooks/webhook-of.ts';
import type { HandlersOf } from './parts.ts';

export interface ProductHandlerParts extends ProductParts {
  readonly store: JobStore;
  readonly admission: Admission;
  readonly view: () => JobView;
  readonly webhooks: WebhookLimits;
  readonly places: FetchPlaces;
  /** Products that one visitor shares at most. */
  readonly maxShared: number;
  /** New tasks are ready to be published. */
  readonly onReady: () => void;
}

export function productHandlers(parts: ProductHandlerParts): HandlersOf<'createProduct'> {
  const { store, admission, view, places } = parts;
  return {
    async createProduct({ body, visitor }) {
      await admission.admit(visitor(), 1);
      if (body.share) await requireRoomToShare(parts, visitor());
      const webhook = body.webhook && (await webhookOf(body.webhook, parts.webhooks));
      const submit = () => submitProduct(parts, visitor(), body, webhook);
      const job = await (asksServers(body) ? places.hold(visitor(), submit) : submit());
      parts.onReady();
      if (webhook === undefined || webhook.chosen) return { job: jobDto(job, view()) };
      const stored = await store.getWebhook(job.id);
      if (stored === undefined) throw new AppError('NOT_FOUND');
      return { job: jobDto(job, view()), webhook: { secret: stored.secret } };
    },
  };
}

/** Whether headers of rasters have to be read from web servers, which may be slow. */
function asksServers({ product }: ProductRequest): boolean {
  const rasters = product.kind === 'index' ? Object.values(product.bands).map(({ raster }) => raster) : product.scenes;
  return rasters.some((raster) => 'url' in raster);
}
