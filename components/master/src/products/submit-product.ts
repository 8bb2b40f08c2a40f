import { createHash } from 'node:crypto';
import { MAX_MESSAGE_BYTES, type Plan, type ProductRequest, type SourceSet } from '@tessera/contracts';
import { reuseKey } from '@tessera/imaging';
import { AppError } from '@tessera/runtime';
import { GuardedFetch, type UrlLimits } from '@tessera/runtime/outbound';
import type { ObjectStore } from '@tessera/storage';
import type { ImageRow, JobRow, JobStore } from '@tessera/store';
import { cataloguedProduct, type CataloguedProduct, type CatalogueWish } from '../catalogue/catalogued-product.ts';
import { displayName } from '../upload/display-name.ts';
import type { WebhookWish } from '../webhooks/webhook-of.ts';
import { planRequest } from './plan-request.ts';

/** Milliseconds for reading the headers of all rasters on web servers: somebody waits. */
const REMOTE_MILLISECONDS = 60_000;
/** What a task message holds besides its plan, in bytes. */
const ENVELOPE = 4096;

export interface ProductParts {
  readonly store: Pick<JobStore, 'getImage' | 'insertImage' | 'insertJobs'>;
  readonly objects: ObjectStore;
  /** Where rasters on web servers may be read from; undefined: nowhere. */
  readonly remote: UrlLimits | undefined;
  readonly newId: () => string;
  readonly now: () => Date;
}

/**
 * Plans a product and stores its job.
 *
 * @throws AppError what planning throws.
 */
export async function submitProduct(
  parts: ProductParts,
  visitor: string,
  request: ProductRequest,
  webhook: WebhookWish | undefined,
): Promise<JobRow> {
  const { store, objects, remote } = parts;
  const web = remote && new GuardedFetch(remote, { milliseconds: REMOTE_MILLISECONDS });
  const { name, sources, plan } = await planRequest({ store, objects, fetch: web?.fetch }, request).finally(() =>
    web?.close(),
  );
  return storeProduct(
    parts,
    visitor,
    { name, set: { v: 1, sources: [...sources] }, plan, place: { ...kindOf(request), wish: request } },
    request,
    webhook,
  );
}

/** A product whose plan is made. */
export interface ReadyProduct {
  readonly name: string;
  readonly set: SourceSet;
  readonly plan: Plan;
  /** What it is to be in the catalogue. */
  readonly place: Pick<CataloguedProduct, 'kind' | 'index'> & { readonly wish: CatalogueWish };
}

/**
 * Stores the job of a product. The list of its rasters is stored as an object of its own and stands where other jobs have an
 * image.
 */
export async function storeProduct(
  { store, objects, newId, now }: ProductParts,
  visitor: string,
  { name, set, plan, place }: ReadyProduct,
  request: Pick<ProductRequest, 'strategy' | 'reuse'>,
  webhook: WebhookWish | undefined,
): Promise<JobRow> {
  if (Buffer.byteLength(JSON.stringify(plan)) + ENVELOPE > MAX_MESSAGE_BYTES) {
    throw new AppError('BAD_REQUEST', { message: 'The product is described by more than a message can hold.' });
  }
  const body = new TextEncoder().encode(JSON.stringify(set));
  const id = newId();
  const image: ImageRow = {
    id,
    visitor,
    name: displayName(name),
    key: `uploads/${id}`,
    format: 'rasters',
    ...plan.picture,
    bytes: body.length,
    sha256: createHash('sha256').update(body).digest('hex'),
    progressive: false,
    createdAt: now(),
  };
  await objects.put(image.key, body, { contentType: 'application/json' });
  await store.insertImage(image);
  const { strategy } = request;
  // What lies elsewhere may be another file tomorrow.
  const reuse = request.reuse && set.sources.every(({ at }) => 'key' in at);
  const job = {
    id: newId(),
    visitor,
    batch: null,
    image,
    plan,
    reuseKey: reuseKey(image.sha256, plan),
    reuse,
    verify: false,
    strategy,
    product: cataloguedProduct({ id: newId(), name, plan, kind: place.kind, index: place.index }, place.wish),
  };
  const told = webhook === undefined ? undefined : { ...webhook, id: newId(), visitor, batch: null };
  const [row] = await store.insertJobs([job], told);
  if (row === undefined) throw new AppError('INTERNAL', { details: { reason: 'the job was not inserted' } });
  return row;
}

function kindOf({ product }: ProductRequest): Pick<CataloguedProduct, 'kind' | 'index'> {
  if (product.kind === 'composite') return { kind: product.kind, index: null };
  return { kind: product.kind, index: 'index' in product.index ? product.index.index : 'expression' };
}
