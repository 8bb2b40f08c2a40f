import type { DecodeLimits } from '@tessera/codec';
import { MAX_IMAGES_PER_JOB_REQUEST, inputFormatSchema, type SiteDto } from '@tessera/contracts';
import type { PlanLimits } from '@tessera/imaging';
import type { MasterConfig } from '../config.ts';
import type { HandlersOf } from './parts.ts';

/** Files above it are better sent so that they can be resumed. */
const RESUMABLE_BYTES = 64 * 1024 * 1024;

export interface SiteParts {
  readonly config: Pick<
    MasterConfig,
    | 'MAX_UPLOAD_BYTES'
    | 'MAX_FILES_PER_REQUEST'
    | 'KEEP_RESULTS_HOURS'
    | 'KEEP_UPLOADS_HOURS'
    | 'FETCH_URLS'
    | 'MAP_TILE_URL'
    | 'MAP_TILE_ATTRIBUTION'
    | 'WEBHOOKS'
  >;
  readonly decode: Pick<DecodeLimits, 'maxPixels' | 'maxWholeImageBytes'>;
  readonly plan: Pick<PlanLimits, 'verifyPixels'>;
}

export function siteHandlers({ config, decode, plan }: SiteParts): HandlersOf<'getSite'> {
  const site: SiteDto = {
    limits: {
      fileBytes: config.MAX_UPLOAD_BYTES,
      resumableBytes: Math.min(RESUMABLE_BYTES, config.MAX_UPLOAD_BYTES),
      filesPerRequest: config.MAX_FILES_PER_REQUEST,
      imagesPerJobRequest: MAX_IMAGES_PER_JOB_REQUEST,
      pixels: decode.maxPixels,
      // Of gray pixels with 8 bits: no such image of more is ever taken.
      progressivePixels: Math.min(decode.maxWholeImageBytes, decode.maxPixels),
      verifyPixels: plan.verifyPixels,
    },
    formats: [...inputFormatSchema.options],
    fetchesUrls: config.FETCH_URLS,
    sendsWebhooks: config.WEBHOOKS,
    mapTiles:
      config.MAP_TILE_URL === undefined ? null : { url: config.MAP_TILE_URL, attribution: config.MAP_TILE_ATTRIBUTION },
    keep: { resultsHours: config.KEEP_RESULTS_HOURS, uploadsHours: config.KEEP_UPLOADS_HOURS },
  };
  return { getSite: () => site };
}
