import { THUMBNAIL_SIDES, histogramSchema, zoomSchema } from '@tessera/contracts';
import { z } from 'zod';
import { route } from '../http/route.ts';

const TAG = 'Pictures';

/** Why a file could not be looked at; those that were accepted once rarely are refused here. */
export const IMAGE_ERRORS = [
  'NOT_FOUND',
  'CORRUPT_IMAGE',
  'TRUNCATED_IMAGE',
  'UNSUPPORTED_FORMAT',
  'TOO_MANY_PIXELS',
  'INTERLACED_TOO_LARGE',
  'DECODE_TIMEOUT',
  'DECODE_OOM',
  'DECODER_CRASHED',
  'SCRATCH_FULL',
  'STORE_UNAVAILABLE',
  'STORE_CORRUPT',
] as const;
const WAITING_ERRORS = [...IMAGE_ERRORS, 'NOT_READY'] as const;

const thumbnailQuery = z.object({
  side: z.coerce
    .number()
    .pipe(z.union(THUMBNAIL_SIDES.map((side) => z.literal(side))))
    .default(256)
    .describe('Longest side in pixels; never enlarged.'),
});

const zoomAnswer = { kind: 'json', status: 200, schema: zoomSchema, description: 'The levels.' } as const;
const zoomText =
  'The picture and its halves as tiles. The first call has them prepared; ask again until `state` is `ready`. ' +
  'What nobody asks for any more is not prepared further.';
const tileAnswer = {
  kind: 'stream',
  status: 200,
  contentType: 'image/jpeg',
  description: 'The tile: a JPEG, or a WebP where the picture has alpha.',
} as const;
const thumbnailAnswer = {
  kind: 'stream',
  status: 200,
  contentType: 'image/jpeg',
  description: 'A JPEG, or a WebP where the picture has alpha; upright, in sRGB.',
} as const;
const histogramAnswer = { kind: 'json', status: 200, schema: histogramSchema, description: 'The counts.' } as const;
const histogramText = 'How many pixels have each level, channel by channel, over all pixels.';

export const zoomRoutes = {
  getImageZoom: route({
    method: 'get',
    path: '/api/v1/images/:image/zoom',
    tag: TAG,
    summary: 'Levels of an image',
    description: zoomText,
    guards: [],
    answer: zoomAnswer,
    errors: IMAGE_ERRORS,
  }),
  getImageTile: route({
    method: 'get',
    path: '/api/v1/images/:image/zoom/:level/:column/:row',
    tag: TAG,
    summary: 'Tile of an image',
    guards: [],
    answer: tileAnswer,
    errors: WAITING_ERRORS,
  }),
  getImageThumbnail: route({
    method: 'get',
    path: '/api/v1/images/:image/thumbnail',
    tag: TAG,
    summary: 'Small picture of an image',
    query: thumbnailQuery,
    guards: [],
    answer: thumbnailAnswer,
    errors: ['BAD_REQUEST', ...IMAGE_ERRORS],
  }),
  getImageHistogram: route({
    method: 'get',
    path: '/api/v1/images/:image/histogram',
    tag: TAG,
    summary: 'Histogram of an image',
    description: histogramText,
    guards: [],
    answer: histogramAnswer,
    errors: WAITING_ERRORS,
  }),
  getResultZoom: route({
    method: 'get',
    path: '/api/v1/jobs/:job/zoom',
    tag: TAG,
    summary: 'Levels of a result',
    description: `${zoomText} 409 while the job is not done.`,
    guards: [],
    answer: zoomAnswer,
    errors: ['CONFLICT', ...IMAGE_ERRORS],
  }),
  getResultTile: route({
    method: 'get',
    path: '/api/v1/jobs/:job/zoom/:level/:column/:row',
    tag: TAG,
    summary: 'Tile of a result',
    guards: [],
    answer: tileAnswer,
    errors: ['CONFLICT', ...WAITING_ERRORS],
  }),
  getResultThumbnail: route({
    method: 'get',
    path: '/api/v1/jobs/:job/thumbnail',
    tag: TAG,
    summary: 'Small picture of a result',
    query: thumbnailQuery,
    guards: [],
    answer: thumbnailAnswer,
    errors: ['BAD_REQUEST', 'CONFLICT', ...IMAGE_ERRORS],
  }),
  getResultHistogram: route({
    method: 'get',
    path: '/api/v1/jobs/:job/histogram',
    tag: TAG,
    summary: 'Histogram of a result',
    description: histogramText,
    guards: [],
    answer: histogramAnswer,
    errors: ['CONFLICT', ...WAITING_ERRORS],
  }),
} as const;
