import type { MosaicRequest, MosaicScene } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import { GuardedFetch } from '@tessera/runtime/outbound';
import { requireRoomToShare } from '../catalogue/room-to-share.ts';
import { jobDto } from '../jobs/job-dto.ts';
import type { Catalogues } from '../mosaics/catalogues.ts';
import { planMosaic, type MosaicLimits } from '../mosaics/plan-mosaic.ts';
import { storeProduct, type ReadyProduct } from '../products/submit-product.ts';
import { webhookOf } from '../webhooks/webhook-of.ts';
import type { HandlersOf } from './parts.ts';
import type { ProductHandlerParts } from './products.ts';

export interface MosaicHandlerParts extends ProductHandlerParts {
  readonly catalogues: Catalogues;
  readonly limits: MosaicLimits;
}

export function mosaicHandlers(parts: MosaicHandlerParts): HandlersOf<'createMosaic' | 'listMosaicCollections'> {
  const { store, objects, remote, admission, view, catalogues, limits } = parts;
  return {
    async createMosaic({ body, visitor }) {
      await admission.admit(visitor(), 1);
      if (body.share) await requireRoomToShare(parts, visitor());
      const webhook = body.webhook && (await webhookOf(body.webhook, parts.webhooks));
      const web = remote && new GuardedFetch(remote);
      const access = { store, objects, fetch: web?.fetch };
      const planned = await planMosaic({ catalogues, access, limits }, body).finally(() => web?.close());
      const ready = { ...planned, place: placeOf(body, planned.scenes) };
      const job = await storeProduct(parts, visitor(), ready, { strategy: body.strategy, reuse: false }, webhook);
      parts.onReady();
      const answer = { job: jobDto(job, view()), scenes: [...planned.scenes] };
      if (webhook === undefined || webhook.chosen) return answer;
      const stored = await store.getWebhook(job.id);
      if (stored === undefined) throw new AppError('NOT_FOUND');
      return { ...answer, webhook: { secret: stored.secret } };
    },
    async listMosaicCollections() {
      return { ...(await catalogues.collections()), maxPixels: limits.maxPixels };
    },
  };
}

/** What a mosaic is in the catalogue: it shows what was seen from the first of its scenes to the last. */
function placeOf(request: MosaicRequest, scenes: readonly MosaicScene[]): ReadyProduct['place'] {
  const { what, share, description, creator } = request;
  const times = scenes.flatMap(({ datetime }) => (datetime === null ? [] : [datetime])).sort();
  const wish = { share, description, creator, startTime: times[0], endTime: times.at(-1) };
  if (what === 'rgb') return { kind: 'mosaic', index: null, wish };
  return { kind: 'mosaic', index: 'index' in what ? what.index : 'expression', wish };
}
