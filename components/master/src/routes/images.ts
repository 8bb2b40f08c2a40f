import { fetchImageSchema, imageSchema, imagesCreatedSchema } from '@tessera/contracts';
import { route } from '../http/route.ts';

const TAG = 'Images';

/** Codes of files that are refused when they are looked at. */
export const REFUSALS = [
  'FILE_TOO_LARGE',
  'UNSUPPORTED_FORMAT',
  'CORRUPT_IMAGE',
  'TRUNCATED_IMAGE',
  'TOO_MANY_PIXELS',
  'INTERLACED_TOO_LARGE',
  'TOO_MANY_FRAMES',
  'TOO_MANY_SCANS',
  'TOO_MANY_CHANNELS',
] as const;

export const imageRoutes = {
  uploadImages: route({
    method: 'post',
    path: '/api/v1/images',
    tag: TAG,
    summary: 'Upload images',
    description:
      'Takes one or more files in the field `image`. Their format is told by their first bytes, never by name or type. ' +
      'Refused files are listed with a code each; if none is accepted, the answer is the error of the first. ' +
      'A file above the byte limit ends the whole request, so send large files one per request.',
    files: 'image',
    guards: ['admission', 'submit'],
    answer: {
      kind: 'json',
      status: 201,
      schema: imagesCreatedSchema,
      description: 'The accepted and the refused files.',
    },
    errors: [
      'BAD_MULTIPART',
      'TOO_MANY_FILES',
      'UNEXPECTED_FIELD',
      'REQUEST_TIMEOUT',
      ...REFUSALS,
      'DECODE_TIMEOUT',
      'DECODE_OOM',
      'DECODER_CRASHED',
      'SCRATCH_FULL',
      'STORE_UNAVAILABLE',
      'QUOTA_EXCEEDED',
      'BROKER_UNAVAILABLE',
      'SHUTTING_DOWN',
    ],
  }),
  fetchImage: route({
    method: 'post',
    path: '/api/v1/images/fetch',
    tag: TAG,
    summary: 'Fetch an image',
    description:
      'Fetches a file from a public address by http or https, as if it had been uploaded. Addresses of private networks ' +
      'are refused, also behind names and redirects. `GET /site` tells whether this site does it.',
    body: fetchImageSchema,
    guards: ['admission', 'submit'],
    answer: { kind: 'json', status: 201, schema: imageSchema, description: 'The image.' },
    errors: [
      'BAD_REQUEST',
      'URL_REFUSED',
      'URL_UNREACHABLE',
      ...REFUSALS,
      'DECODE_TIMEOUT',
      'DECODE_OOM',
      'DECODER_CRASHED',
      'SCRATCH_FULL',
      'STORE_UNAVAILABLE',
      'QUOTA_EXCEEDED',
      'BROKER_UNAVAILABLE',
    ],
  }),
  getImage: route({
    method: 'get',
    path: '/api/v1/images/:image',
    tag: TAG,
    summary: 'Facts of an image',
    guards: [],
    answer: { kind: 'json', status: 200, schema: imageSchema, description: 'The image.' },
    errors: ['NOT_FOUND'],
  }),
  getImageFile: route({
    method: 'get',
    path: '/api/v1/images/:image/file',
    tag: TAG,
    summary: 'The uploaded file',
    description: 'Answers ranges, `If-None-Match` and `If-Range`.',
    guards: [],
    answer: { kind: 'stream', status: 200, contentType: 'image/*', description: 'The file as it was uploaded.' },
    errors: ['NOT_FOUND', 'RANGE_NOT_SATISFIABLE', 'STORE_UNAVAILABLE'],
  }),
} as const;
