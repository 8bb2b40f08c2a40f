import { uploadedImageSchema } from '@tessera/contracts';
import { route } from '../http/route.ts';
import { REFUSALS } from './images.ts';

const TAG = 'Resumable uploads';
const BYTES = 'application/offset+octet-stream';
const VERSION = { 'Tus-Resumable': '`1.0.0`, the version of the protocol.' };

/** Codes of calls that may complete an upload, which is then looked at like a file of a form. */
const COMPLETION = [
  ...REFUSALS,
  'DECODE_TIMEOUT',
  'DECODE_OOM',
  'DECODER_CRASHED',
  'SCRATCH_FULL',
  'STORE_UNAVAILABLE',
  'SHUTTING_DOWN',
] as const;

export const uploadRoutes = {
  describeUploads: route({
    method: 'options',
    path: '/api/v1/uploads',
    tag: TAG,
    summary: 'What of tus is spoken here',
    description:
      'Large files are sent by tus 1.0 (tus.io), with any client of it: created, sent in one or more requests, ' +
      'gone on with after an interruption. The visitor who creates an upload is the only one who may see or send it.',
    guards: [],
    answer: { kind: 'empty', status: 204, description: 'Version, extensions and largest size, as headers.' },
    errors: [],
  }),
  createUpload: route({
    method: 'post',
    path: '/api/v1/uploads',
    tag: TAG,
    summary: 'Begin an upload',
    description: 'The body may hold the first bytes already (creation-with-upload).',
    headers: {
      ...VERSION,
      'Upload-Length': 'Bytes of the file.',
      'Upload-Metadata': '`filename`, a space, and the name in base64.',
    },
    stream: BYTES,
    guards: ['admission', 'submit'],
    answer: { kind: 'empty', status: 201, description: '`Location` is the address of the upload.' },
    errors: ['BAD_REQUEST', ...COMPLETION, 'QUOTA_EXCEEDED', 'BROKER_UNAVAILABLE'],
  }),
  getUploadOffset: route({
    method: 'head',
    path: '/api/v1/uploads/:upload',
    tag: TAG,
    summary: 'How much of an upload has arrived',
    headers: VERSION,
    guards: [],
    answer: { kind: 'empty', status: 200, description: '`Upload-Offset` and `Upload-Length`.' },
    errors: ['BAD_REQUEST', 'NOT_FOUND', 'UPLOAD_GONE', 'STORE_UNAVAILABLE'],
  }),
  appendUpload: route({
    method: 'patch',
    path: '/api/v1/uploads/:upload',
    tag: TAG,
    summary: 'Send bytes of an upload',
    description:
      'What arrived before an interruption is kept. The request that brings the last byte answers 200 with the image, ' +
      '202 while it is still looked at, or the reason why it is refused; `GET …/image` tells the same afterwards.',
    headers: { ...VERSION, 'Upload-Offset': 'Position of the first byte that is sent.' },
    stream: BYTES,
    guards: ['submit'],
    answer: { kind: 'empty', status: 204, description: '`Upload-Offset` is the new offset.' },
    errors: ['BAD_REQUEST', 'NOT_FOUND', 'CONFLICT', 'UPLOAD_GONE', ...COMPLETION, 'QUOTA_EXCEEDED'],
  }),
  removeUpload: route({
    method: 'delete',
    path: '/api/v1/uploads/:upload',
    tag: TAG,
    summary: 'Give an upload up',
    description: 'An image that it has become stays.',
    headers: VERSION,
    guards: [],
    answer: { kind: 'empty', status: 204, description: 'It is removed.' },
    errors: ['BAD_REQUEST', 'NOT_FOUND', 'UPLOAD_GONE', 'STORE_UNAVAILABLE'],
  }),
  getUploadedImage: route({
    method: 'get',
    path: '/api/v1/uploads/:upload/image',
    tag: TAG,
    summary: 'What became of a complete upload',
    description:
      'The image, or the reason why it is refused, however often it is asked. 202 with `Retry-After` while the file is ' +
      'still looked at.',
    guards: [],
    answer: { kind: 'json', status: 200, schema: uploadedImageSchema, description: 'The image.' },
    errors: ['NOT_FOUND', 'CONFLICT', 'UPLOAD_GONE', ...COMPLETION],
  }),
} as const;
