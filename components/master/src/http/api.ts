import { join } from 'node:path';
import { DEFAULT_COSTS, DEFAULT_PLAN_LIMITS } from '@tessera/imaging';
import { rasterLimits, type UrlLimits } from '@tessera/runtime/outbound';
import { noTracing } from '@tessera/telemetry';
import type { Express, RequestHandler } from 'express';
import type { Background } from '../background/background.ts';
import { gaugeOf } from '../background/gauge-of.ts';
import { createReadiness } from '../background/readiness.ts';
import type { CatalogueExchange } from '../catalogue/exchange/exchange-config.ts';
import type { MasterDeps } from '../deps.ts';
import type { EventHub } from '../events/event-hub.ts';
import { Checksums } from '../archive/checksums.ts';
import { archiveHandlers } from '../handlers/archives.ts';
import { deadLetterHandlers } from '../handlers/dead-letters.ts';
import { catalogueEntryHandlers } from '../handlers/catalogue-entries.ts';
import { catalogueExchangeHandlers } from '../handlers/catalogue-exchange.ts';
import { catalogueProductHandlers, type CatalogueParts } from '../handlers/catalogue-products.ts';
import { eventHandlers } from '../handlers/events.ts';
import { forgetHandlers, type ForgetParts } from '../handlers/forget.ts';
import { fetchHandlers } from '../handlers/fetch.ts';
import { imageHandlers } from '../handlers/images.ts';
import { jobHandlers } from '../handlers/jobs.ts';
import { mosaicHandlers } from '../handlers/mosaics.ts';
import { opsHandlers } from '../handlers/ops.ts';
import type { ApiHandlers } from '../handlers/parts.ts';
import { pipelineHandlers } from '../handlers/pipelines.ts';
import { previewHandlers } from '../handlers/previews.ts';
import { productHandlers, type ProductHandlerParts } from '../handlers/products.ts';
import { serviceHandlers } from '../handlers/service.ts';
import { siteHandlers } from '../handlers/site.ts';
import { stacHandlers } from '../handlers/stac.ts';
import { webhookHandlers } from '../handlers/webhooks.ts';
import type { WebhookLimits } from '../webhooks/webhook-of.ts';
import { zoomHandlers } from '../handlers/zoom.ts';
import { uploadHandlers } from '../handlers/uploads.ts';
import type { SiteLoad } from '../jobs/estimate-jobs.ts';
import type { JobView } from '../jobs/job-dto.ts';
import { createSetTexts } from '../jobs/text-images.ts';
import { logError } from '../log-ref.ts';
import type { Zoom } from '../zoom/zoom.ts';
import { Catalogues } from '../mosaics/catalogues.ts';
import { endpointLimits } from '../mosaics/stac-endpoints.ts';
import { openApiDocument } from '../openapi/document.ts';
import { ROUTES } from '../routes/index.ts';
import type { Resumable } from '../upload/resumable/create-resumable.ts';
import { createProbe } from '../upload/probe-file.ts';
import type { UploadParts } from '../upload/upload-session.ts';
import { requireAdmin } from './admin.ts';
import { FetchPlaces } from './fetch-places.ts';
import { createAdmission } from './admission.ts';
import { createApp } from './app.ts';
import { ByteBudget } from './byte-budget.ts';
import { sendError } from './error-answer.ts';
import { createExchangeLog } from './exchange-log.ts';
import { createPage } from './page.ts';
import { limitRate } from './rate-limit.ts';
import type { Guard } from './route.ts';
import { createRouter } from './router.ts';
import { createVisitors } from './visitor.ts';

/** The built page of this installation. */
const PAGE_FOLDER = join(import.meta.dirname, '../../../frontend/dist');

export interface ApiParts {
  readonly deps: MasterDeps;
  readonly now: () => Date;
  readonly view: () => JobView;
  readonly newId: () => string;
  readonly hub: EventHub;
  readonly resumable: Resumable;
  readonly background: Background;
  readonly zoom: Zoom;
  readonly load: () => SiteLoad;
  /** Where images are fetched from. */
  readonly urls: UrlLimits;
  readonly webhooks: WebhookLimits;
  readonly exchange: CatalogueExchange;
  readonly stopping: () => boolean;
}

/** Puts together everything that answers requests. */
export function createApi({
  deps,
  now,
  view,
  newId,
  hub,
  resumable,
  background,
  zoom,
  load,
  urls,
  webhooks,
  exchange,
  stopping,
}: ApiParts): Express {
  const { objects, broker, store, decoder, logger, metrics, tracing = noTracing, config, costs = DEFAULT_COSTS } = deps;
  const milliseconds = (): number => now().getTime();
  const { executors } = background;
  const visitors = createVisitors(config.COOKIE_SECRET, newId);
  const log = createExchangeLog({ logger, metrics, tracing, newId });
  const archives = { objects, checksums: new Checksums() };
  const readiness = createReadiness({ broker, store, objects, stopping });
  const admission = createAdmission(
    broker,
    store,
    { openJobs: config.MAX_OPEN_JOBS, openJobsPerVisitor: config.MAX_OPEN_JOBS_PER_VISITOR },
    milliseconds,
  );
  gaugeOf(metrics, 'tessera_event_streams', 'Clients that listen to events.', () => hub.listeners);

  const forgetParts: ForgetParts = {
    store,
    settleSeconds: background.settleSeconds,
    onCancelled: (job) => background.onCancelled(job),
  };
  const budget = new ByteBudget(config.RATE_LIMIT_UPLOAD_BYTES_PER_DAY, milliseconds);
  const stall = { seconds: config.UPLOAD_STALL_SECONDS, minBytesPerSecond: config.UPLOAD_MIN_BYTES_PER_SECOND };

  const uploads: UploadParts = {
    objects,
    probe: createProbe(decoder, decoder.limits.maxPixels),
    scratchFolder: config.MASTER_SCRATCH,
    maxBytes: config.MAX_UPLOAD_BYTES,
    newId,
    now,
    tracing,
  };
  const maxShared = config.CATALOGUE_MAX_SHARED;
  const catalogue: CatalogueParts = { store, objects, newId, adminToken: config.ADMIN_TOKEN, maxShared };
  const onUndoFailed = (error: unknown): void => logger.warn({ err: logError(error) }, 'upload:left-behind');

  const places = new FetchPlaces();
  const products: ProductHandlerParts = {
    store,
    objects,
    remote: rasterLimits(urls.access, config),
    admission,
    now,
    view,
    newId,
    webhooks,
    places,
    maxShared,
    onReady: () => background.onChanged(),
  };
  const endpoints = config.STAC_ENDPOINTS ?? [];

  const handlers: ApiHandlers = {
    ...imageHandlers({
      store,
      objects,
      uploads,
      form: {
        field: ROUTES.uploadImages.files,
        maxFiles: config.MAX_FILES_PER_REQUEST,
        maxBytes: config.MAX_UPLOAD_BYTES,
        stall,
      },
      budget,
      onUndoFailed,
    }),
    ...jobHandlers({
      ...forgetParts,
      objects,
      archives,
      publicUrl: config.PUBLIC_URL,
      admission,
      now,
      view,
      newId,
      slots: () => executors.slots(),
      costs,
      keepFailedMilliseconds: background.keepFailedMilliseconds,
      webhooks,
      setTexts: createSetTexts({ decoder, uploads, store }),
      onReady: () => background.onChanged(),
    }),
    ...productHandlers(products),
    ...mosaicHandlers({
      ...products,
      catalogues: new Catalogues(endpoints, endpointLimits(endpoints, urls.access), milliseconds),
      limits: { maxPixels: config.MOSAIC_MAX_PIXELS, maxScenes: config.MOSAIC_MAX_SCENES },
    }),
    ...catalogueProductHandlers(catalogue),
    ...catalogueEntryHandlers({ ...catalogue, thumbnails: zoom.thumbnails }),
    ...catalogueExchangeHandlers({
      store,
      site: exchange.name,
      members: exchange.members,
      publicUrl: config.PUBLIC_URL,
    }),
    ...stacHandlers({ store, publicUrl: config.PUBLIC_URL, describe: openApiDocument }),
    ...forgetHandlers(forgetParts),
    ...webhookHandlers(store, now),
    ...archiveHandlers({ store, archives }),
    ...pipelineHandlers({ store, newId }),
    ...eventHandlers(hub),
    ...fetchHandlers({
      store,
      uploads,
      budget,
      enabled: config.FETCH_URLS,
      limits: {
        ...urls,
        maxBytes: config.MAX_UPLOAD_BYTES,
        milliseconds: config.FETCH_SECONDS * 1000,
        idleMilliseconds: stall.seconds * 1000,
        minBytesPerSecond: stall.minBytesPerSecond,
      },
      places,
      onUndoFailed,
    }),
    ...uploadHandlers({ ...resumable, budget, stall, maxBytes: config.MAX_UPLOAD_BYTES }),
    ...zoomHandlers({ store, zoom, objects }),
    ...previewHandlers({ store, previews: zoom.previews, load, costs }),
    ...siteHandlers({ config, decode: decoder.limits, plan: DEFAULT_PLAN_LIMITS }),
    ...opsHandlers({
      store,
      objects,
      broker,
      metrics,
      sampler: background.sampler,
      slots: () => executors.slots(),
      now,
      config,
    }),
    ...deadLetterHandlers({
      store,
      logger,
      metrics,
      now,
      newId,
      keepFailedHours: config.KEEP_FAILED_WORK_HOURS,
      undoSeconds: config.REDRIVE_UNDO_SECONDS,
    }),
    ...serviceHandlers({ executors, readiness, stopping, metrics }),
  };

  const guards: Readonly<Record<Guard, RequestHandler>> = {
    admission: async (request, response, next) => {
      await admission.admit(visitors.identify(request, response), 1);
      next();
    },
    admin: (request, _response, next) => {
      requireAdmin(request, config.ADMIN_TOKEN);
      next();
    },
    metrics: (request, _response, next) => {
      if (!config.METRICS_OPEN) requireAdmin(request, config.ADMIN_TOKEN);
      next();
    },
    submit: limitRate(config.RATE_LIMIT_UPLOADS_PER_MINUTE),
    preview: limitRate(config.RATE_LIMIT_PREVIEWS_PER_MINUTE),
  };
  const router = createRouter(ROUTES, handlers, {
    guards,
    visitorOf: (request, response) => visitors.identify(request, response),
    named: (request, call) => log.name(request, call),
    requestTimeoutSeconds: config.REQUEST_TIMEOUT_SECONDS,
    fail: (request, response, error) => sendError(request, response, error, log.idOf(request)),
  });
  const page = createPage(config.PAGE_FOLDER ?? PAGE_FOLDER, (request, response, next) => {
    visitors.identify(request, response);
    next();
  });
  return createApp({
    logger,
    log,
    router,
    page,
    pictureOrigins: config.MAP_TILE_URL === undefined ? [] : [new URL(config.MAP_TILE_URL).origin],
    proxies: config.TRUST_PROXY,
    requestsPerMinute: config.RATE_LIMIT_REQUESTS_PER_MINUTE,
  });
}
