import { productCreatedSchema, productRequestSchema } from '@tessera/contracts';
import { route } from '../http/route.ts';

export const productRoutes = {
  createProduct: route({
    method: 'post',
    path: '/api/v1/products',
    tag: 'Products',
    summary: 'Make a raster out of others',
    description:
      'Starts a job that computes an index of bands, or a composite of scenes, and writes a Cloud Optimized GeoTIFF. ' +
      'The rasters are uploaded images, or files on public web servers that give parts of files, and lie over each other ' +
      'pixel by pixel. The result is the same however the work is ' +
      'divided, and its header tells how it was made.',
    body: productRequestSchema,
    guards: ['admission', 'submit'],
    answer: {
      kind: 'json',
      status: 202,
      schema: productCreatedSchema,
      description: 'The job, queued or already done.',
    },
    errors: [
      'BAD_REQUEST',
      'NOT_FOUND',
      'INVALID_EXPRESSION',
      'RASTER_MISMATCH',
      'UNSUPPORTED_RASTER',
      'CORRUPT_RASTER',
      'SCENE_UNAVAILABLE',
      'URL_REFUSED',
      'URL_UNREACHABLE',
      'QUOTA_EXCEEDED',
      'BROKER_UNAVAILABLE',
      'SHUTTING_DOWN',
    ],
  }),
};
