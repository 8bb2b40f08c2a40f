import { archiveRoutes } from './archives.ts';
import { catalogueExchangeRoutes } from './catalogue-exchange.ts';
import { catalogueRoutes } from './catalogue.ts';
import { eventRoutes } from './events.ts';
import { forgetRoutes } from './forget.ts';
import { imageRoutes } from './images.ts';
import { jobRoutes } from './jobs.ts';
import { mosaicRoutes } from './mosaics.ts';
import { pipelineRoutes } from './pipelines.ts';
import { opsRoutes } from './ops.ts';
import { previewRoutes } from './previews.ts';
import { productRoutes } from './products.ts';
import { serviceRoutes } from './service.ts';
import { siteRoutes } from './site.ts';
import { stacRoutes } from './stac.ts';
import { zoomRoutes } from './zoom.ts';
import { uploadRoutes } from './uploads.ts';
import { webhookRoutes } from './webhooks.ts';

/** Every call of the API by its operation id. */
export const ROUTES = {
  ...imageRoutes,
  ...jobRoutes,
  ...forgetRoutes,
  ...archiveRoutes,
  ...pipelineRoutes,
  ...productRoutes,
  ...mosaicRoutes,
  ...catalogueRoutes,
  ...catalogueExchangeRoutes,
  ...stacRoutes,
  ...eventRoutes,
  ...serviceRoutes,
  ...opsRoutes,
  ...siteRoutes,
  ...zoomRoutes,
  ...previewRoutes,
  ...uploadRoutes,
  ...webhookRoutes,
} as const;

export type RouteId = keyof typeof ROUTES;
