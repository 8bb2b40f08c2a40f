import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decoderConfigShape } from '@tessera/codec';
import { catalogueSiteSchema } from '@tessera/contracts';
import { rabbitMqConfigShape } from '@tessera/queue/config';
import { flag, integer, number, type ConfigShape } from '@tessera/runtime';
import { namedHosts, outboundConfigShape, ports } from '@tessera/runtime/outbound';
import { s3ConfigShape } from '@tessera/storage/config';
import { telemetryConfigShape } from '@tessera/telemetry/config';
import { z } from 'zod';
import { FAIL_POINTS } from './fail-point.ts';
import { parseEndpoints } from './mosaics/stac-endpoints.ts';
import { parseMembers } from './catalogue/exchange/members.ts';

const MEBIBYTE = 1024 * 1024;
const GIBIBYTE = 1024 * MEBIBYTE;

const secret = z.string().min(32, 'a secret must be 32 characters or longer');

/** One secret per line, the newest first. */
const secrets = z
  .string()
  .transform((text) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  )
  .pipe(z.tuple([secret], secret));

const endpoints = z.string().transform((text, context) => {
  const parsed = parseEndpoints(text);
  if (parsed !== undefined) return parsed;
  context.addIssue('must be name=url with commas between them, each name once');
  return z.NEVER;
});

const members = z.string().transform((text, context) => {
  const parsed = parseMembers(text);
  if (parsed !== undefined) return parsed;
  context.addIssue('must be lines of a site’s name, a space and its token of 16 characters or more, each once');
  return z.NEVER;
});

const siteUrl = z.url({ protocol: /^https?$/, error: 'must be an address that begins with http:// or https://' });

/** The work a master does, whatever it stands on. */
export const masterWorkShape = {
  HOST: z.string().default('0.0.0.0').describe('Address to listen on.'),
  PORT: integer({ min: 0, max: 65_535, default: 8080 }).describe('Port to listen on; 0 takes a free one.'),
  PUBLIC_URL: siteUrl
    .optional()
    .describe(
      'Address under which others reach the site, for absolute links; default: that of each request, by TRUST_PROXY.',
    ),
  TRUST_PROXY: integer({ min: 0, max: 16, default: 0 }).describe(
    'Number of reverse proxies in front, whose X-Forwarded headers are believed; 0: none.',
  ),
  COOKIE_SECRET: secrets.describe(
    'Signs the visitor cookie: 32 characters or more, the same for all masters. Several, one per line: the first signs, all are accepted.',
  ),
  ADMIN_TOKEN: z
    .string()
    .regex(/^\S{16,}$/, 'must be 16 characters or more, without spaces')
    .optional()
    .describe(
      'Bearer token for the operator pages, /executors and /metrics, 16 characters or more without spaces; without one nobody may see them.',
    ),
  METRICS_OPEN: flag(false).describe('Answer /metrics to anybody, without the admin token.'),
  MAP_TILE_URL: z
    .url({ protocol: /^https?$/ })
    .refine((url) => ['{x}', '{y}', '{z}'].every((part) => url.includes(part)), 'must hold {x}, {y} and {z}')
    .optional()
    .describe(
      'Tiles below the products of the map page, with {x}, {y} and {z}; visitors’ browsers then ask that server. Default: land and coastlines that come with the page.',
    ),
  MAP_TILE_ATTRIBUTION: z
    .string()
    .max(200)
    .default('')
    .describe('Whom the map names as the maker of the tiles of MAP_TILE_URL; plain text.'),
  PAGE_FOLDER: z.string().optional().describe('Folder of the built page; default: the one of this installation.'),
  MASTER_SCRATCH: z
    .string()
    .default(join(tmpdir(), 'tessera-master'))
    .describe(
      'Folder for uploads while they are probed, on this machine only; it needs room for as many files as arrive at one time.',
    ),
  ZOOM_CACHE_BYTES: integer({ min: 64 * MEBIBYTE, default: 5 * GIBIBYTE }).describe(
    'Bytes of scratch for pictures that are looked at from near: about 4 per pixel of those in use, and 10 per pixel of one that is prepared.',
  ),
  ZOOM_BUILDS: integer({ min: 1, max: 16, default: 1 }).describe(
    'Pictures that are prepared for close views at one time; each takes one of DECODER_CHILDREN.',
  ),
  PREVIEW_THREADS: integer({ min: 1, max: 64, default: 2 }).describe('Threads that compute previews of pipelines.'),
  MAX_UPLOAD_BYTES: integer({ min: 1024, default: 512 * MEBIBYTE }).describe('Bytes of one uploaded file.'),
  MAX_FILES_PER_REQUEST: integer({ min: 1, max: 1000, default: 50 }).describe('Files in one upload request.'),
  UPLOAD_STALL_SECONDS: integer({ min: 1, max: 600, default: 30 }).describe(
    'Seconds over which the speed of an upload is measured; slower ones are ended.',
  ),
  UPLOAD_MIN_BYTES_PER_SECOND: integer({ min: 0, default: 1024 }).describe(
    'Bytes per second that an upload has to reach.',
  ),
  REQUEST_TIMEOUT_SECONDS: integer({ min: 1, max: 3600, default: 120 }).describe(
    'Seconds within which a request has to arrive; uploads may take longer as long as they keep their speed.',
  ),
  KEEP_PARTIAL_UPLOADS_HOURS: number({ min: 0.0001, max: 720, default: 24 }).describe(
    'Hours after their beginning for which resumable uploads can be gone on with.',
  ),
  MAX_UNFINISHED_UPLOADS_PER_VISITOR: integer({ min: 1, max: 100_000, default: 100 }).describe(
    'Resumable uploads that one visitor may have begun and not finished; one more is turned away until one of them is finished, removed or expired.',
  ),
  ...outboundConfigShape,
  FETCH_SECONDS: integer({ min: 1, max: 3600, default: 300 }).describe(
    'Seconds that fetching one image may take; UPLOAD_STALL_SECONDS and UPLOAD_MIN_BYTES_PER_SECOND apply too.',
  ),
  STAC_ENDPOINTS: endpoints
    .optional()
    .describe(
      'Catalogues of scenes that mosaics are made of: roots of STAC APIs as name=url, with commas between them, such as earth-search=https://earth-search.aws.element84.com/v1; their scenes are read from public addresses. Default: none.',
    ),
  MOSAIC_MAX_PIXELS: integer({ min: 1, max: 10_000_000_000, default: 1_000_000_000 }).describe('Pixels of one mosaic.'),
  MOSAIC_MAX_SCENES: integer({ min: 1, max: 100, default: 60 }).describe('Scenes that one mosaic is made of.'),
  FETCH_URLS: flag(true).describe('Fetch images from public addresses that visitors give.'),
  WEBHOOKS: flag(true).describe('Tell addresses that visitors give when their work has ended.'),
  WEBHOOK_PORTS: ports
    .optional()
    .describe('Ports that webhooks are sent to, with commas between them; default: 80,443.'),
  WEBHOOK_RECEIVERS: namedHosts
    .optional()
    .describe(
      'Receivers that are not public and that webhooks may lead to nevertheless: hosts, addresses or ranges such as 10.1.2.0/24, with commas between them; default: none.',
    ),
  CATALOGUE_MAX_SHARED: integer({ min: 0, max: 1_000_000, default: 200 }).describe(
    'Products that one visitor shares at most; their files are kept for as long.',
  ),
  CATALOGUE_SITE: catalogueSiteSchema
    .optional()
    .describe('Name of this site among those that exchange catalogues; default: the host of PUBLIC_URL.'),
  CATALOGUE_CENTRAL_URL: siteUrl
    .optional()
    .describe(
      'A site to tell of what is shared here and to take over what others shared; needs CATALOGUE_CENTRAL_TOKEN, CATALOGUE_SITE and PUBLIC_URL. It is connected to wherever it is.',
    ),
  CATALOGUE_CENTRAL_TOKEN: z
    .string()
    .regex(/^\S{16,}$/, 'must be 16 characters or more, without spaces')
    .optional()
    .describe('Bearer token that the central site has for this one in its CATALOGUE_MEMBERS.'),
  CATALOGUE_SYNC_SECONDS: number({ min: 0.1, max: 86_400, default: 60 }).describe(
    'Seconds between two rounds with the central site; after failures up to ten minutes.',
  ),
  CATALOGUE_MEMBERS: members
    .optional()
    .describe(
      'Sites that may tell this one of what they share: a name, a space and a bearer token of 16 characters or more, one per line; default: none.',
    ),
  DRAIN_DELAY_SECONDS: integer({ min: 0, max: 300, default: 0 }).describe(
    'Seconds after SIGTERM in which /readyz says no and requests are still taken, for balancers that ask it.',
  ),
  DRAIN_SECONDS: integer({ min: 1, max: 3600, default: 25 }).describe(
    'Seconds that requests under way, uploads too, may then take to end; those left are cut off.',
  ),
  MAX_CONNECTIONS: integer({ min: 1, default: 2048 }).describe('Open connections of all clients.'),
  MAX_CONNECTIONS_PER_ADDRESS: integer({ min: 0, default: 128 }).describe(
    'Open connections of one address; 0: no limit. Not used behind a proxy (TRUST_PROXY), where all come from one.',
  ),
  RATE_LIMIT_REQUESTS_PER_MINUTE: integer({ min: 0, default: 6000 }).describe(
    'API requests per minute and address (IPv6: per /64); 0: no limit.',
  ),
  RATE_LIMIT_UPLOADS_PER_MINUTE: integer({ min: 0, default: 1200 }).describe(
    'Upload and job requests per minute and address (IPv6: per /64); 0: no limit.',
  ),
  RATE_LIMIT_PREVIEWS_PER_MINUTE: integer({ min: 0, default: 900 }).describe(
    'Previews and estimates per minute and address (IPv6: per /64); 0: no limit.',
  ),
  RATE_LIMIT_UPLOAD_BYTES_PER_DAY: integer({ min: 0, default: 200 * GIBIBYTE }).describe(
    'Uploaded bytes per day and address (IPv6: per /64), counted by each master for itself; 0: no limit.',
  ),
  MAX_OPEN_JOBS: integer({ min: 1, default: 20_000 }).describe('Jobs of all visitors that may be waiting or running.'),
  MAX_OPEN_JOBS_PER_VISITOR: integer({ min: 1, default: 2000 }).describe(
    'Jobs of one visitor that may be waiting or running.',
  ),
  COSTS_FILE: z
    .string()
    .optional()
    .describe(
      'Table of what operations and formats cost, written by `npm run calibrate` on a worker; by it the master decides what to split. Default: the table of the program.',
    ),
  MAX_ATTEMPTS: integer({ min: 1, max: 20, default: 3 }).describe(
    'Deliveries of a task before it is given up; the same for masters and executors.',
  ),
  TASKS_PER_JOB: integer({ min: 1, max: 10_000, default: 3 }).describe(
    'Tasks of one job in flight at most where there are few slots; with many, half of all tasks in flight.',
  ),
  EXECUTOR_GONE_SECONDS: number({ min: 1, max: 600, default: 10 }).describe(
    'Seconds without a heartbeat after which an executor counts as gone.',
  ),
  TASK_LOST_SECONDS: integer({ min: 5, max: 3600, default: 60 }).describe(
    'Seconds after which a running task that no executor reports is published again.',
  ),
  KEEP_FAILED_WORK_HOURS: integer({ min: 1, max: 720, default: 24 }).describe(
    'Hours for which the finished pieces of a failed job are kept, so that it can be redriven.',
  ),
  REDRIVE_UNDO_SECONDS: integer({ min: 0, max: 60, default: 10 }).describe(
    'Seconds in which an operator’s redrive of failed jobs can be undone before it begins.',
  ),
  KEEP_RESULTS_HOURS: number({ min: 0, max: 87_600, default: 168 }).describe(
    'Hours for which jobs and their results are kept after they ended, however they ended; 0: for ever.',
  ),
  KEEP_UPLOADS_HOURS: number({ min: 0, max: 87_600, default: 24 }).describe(
    'Hours for which images are kept after they were uploaded and after the last job was asked for; never shorter than the jobs that show them; 0: for ever.',
  ),
  KEEP_PIPELINES_HOURS: integer({ min: 0, max: 87_600, default: 2160 }).describe(
    'Hours for which pipelines that visitors saved are kept after somebody last looked at them; never shorter than the jobs of the visitor; 0: for ever.',
  ),
  KEEP_CHANGES_SECONDS: integer({ min: 60, default: 3600 }).describe(
    'Seconds of history that a visitor’s event stream can resume over.',
  ),
  UNFINISHED_UPLOAD_SECONDS: integer({ min: 1, default: 3600 }).describe(
    'Seconds after which the parts of an upload that was never completed are removed from S3; no upload may take longer.',
  ),
  SWEEP_SECONDS: integer({ min: 1, max: 86_400, default: 300 }).describe('Seconds between two rounds of tidying up.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('Least severe lines that are logged.'),
} as const satisfies ConfigShape;

/** A master on RabbitMQ, S3 and PostgreSQL. */
export const masterConfigShape = {
  ...masterWorkShape,
  ...decoderConfigShape,
  ...rabbitMqConfigShape,
  ...s3ConfigShape,
  ...telemetryConfigShape,
  DATABASE_URL: z
    .string()
    .default('postgres://127.0.0.1:5432/tessera')
    .describe('URL of PostgreSQL (postgres://user:password@host:port/database).'),
  DATABASE_CA_FILE: z
    .string()
    .optional()
    .describe('PEM file of the authority that signed the database’s certificate; the connection is encrypted then.'),
  FAIL_POINT: z
    .enum(FAIL_POINTS)
    .optional()
    .describe('For fault tests only: the moment at which this process kills itself.'),
} as const satisfies ConfigShape;

/** What `createMaster` is told; every value checked. */
export type MasterConfig = Readonly<z.output<z.ZodObject<typeof masterWorkShape>>>;

/** What the full form is told. */
export type FullMasterConfig = Readonly<z.output<z.ZodObject<typeof masterConfigShape>>>;

/** Seconds that a master needs to stop its work in the background. */
const BACKGROUND_SECONDS = 20;

/** Milliseconds that a master may take to stop in order. */
export function drainMilliseconds(config: Pick<MasterConfig, 'DRAIN_DELAY_SECONDS' | 'DRAIN_SECONDS'>): number {
  return (config.DRAIN_DELAY_SECONDS + config.DRAIN_SECONDS + BACKGROUND_SECONDS) * 1000;
}
