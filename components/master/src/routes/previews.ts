import { estimateRequestSchema, estimateSchema, previewRequestSchema } from '@tessera/contracts';
import { route } from '../http/route.ts';

const TAG = 'Pipelines';

export const previewRoutes = {
  createPreview: route({
    method: 'post',
    path: '/api/v1/previews',
    tag: TAG,
    summary: 'What a pipeline makes of a part of an image',
    description:
      'Computes a part of the result at the size of the screen, at once. The header `tessera-preview` says `exact` where ' +
      'the pixels are those of the result (a PNG), else `scaled` (a JPEG, or a WebP where the picture has alpha). ' +
      'Images of 16 bits are shown in 8, which counts as `scaled`. ' +
      'Where it is smaller than the result, `tessera-steps` says of each step whether it is the `same`, `scaled` with the ' +
      'picture, or `left-out` as nothing would be seen of it. ' +
      'NOT_READY: the levels of the image are being prepared, see `…/zoom`. CONFLICT: the same visitor asked for a newer ' +
      'preview before this one was begun.',
    body: previewRequestSchema,
    guards: ['preview'],
    answer: { kind: 'stream', status: 200, contentType: 'image/*', description: 'The picture.' },
    errors: [
      'BAD_REQUEST',
      'NOT_FOUND',
      'NOT_READY',
      'CONFLICT',
      'INVALID_PIPELINE',
      'CORRUPT_IMAGE',
      'DECODE_TIMEOUT',
      'DECODE_OOM',
      'DECODER_CRASHED',
      'SCRATCH_FULL',
      'STORE_UNAVAILABLE',
      'STORE_CORRUPT',
    ],
  }),
  createEstimate: route({
    method: 'post',
    path: '/api/v1/estimates',
    tag: TAG,
    summary: 'How large and how long, before anything is started',
    description: 'Takes and refuses what `POST /jobs` does, and starts nothing.',
    body: estimateRequestSchema,
    guards: ['preview'],
    answer: { kind: 'json', status: 200, schema: estimateSchema, description: 'The estimate.' },
    errors: ['BAD_REQUEST', 'NOT_FOUND', 'INVALID_PIPELINE', 'OUTPUT_TOO_LARGE'],
  }),
} as const;
