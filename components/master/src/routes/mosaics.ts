import { mosaicCollectionListSchema, mosaicCreatedSchema, mosaicRequestSchema } from '@tessera/contracts';
import { route } from '../http/route.ts';

export const mosaicRoutes = {
  createMosaic: route({
    method: 'post',
    path: '/api/v1/mosaics',
    tag: 'Products',
    summary: 'Make a raster of the scenes of a place and time',
    description:
      'Looks for scenes in a catalogue, and starts a job that reads what it needs of them, reprojects it to one grid, ' +
      'lays it side by side, computes the index, and writes a Cloud Optimized GeoTIFF. All is checked before: the area, ' +
      'the size, and whether every scene can be read. `manifest` beside the result tells which scene served which window.',
    body: mosaicRequestSchema,
    guards: ['admission', 'submit'],
    answer: {
      kind: 'json',
      status: 202,
      schema: mosaicCreatedSchema,
      description: 'The job, and the scenes that it is made of.',
    },
    errors: [
      'BAD_REQUEST',
      'NOT_FOUND',
      'INVALID_AREA',
      'AREA_TOO_LARGE',
      'NOTHING_FOUND',
      'TOO_MANY_SCENES',
      'INVALID_EXPRESSION',
      'NO_GEOREFERENCE',
      'RASTER_MISMATCH',
      'UNSUPPORTED_RASTER',
      'CORRUPT_RASTER',
      'SCENE_UNAVAILABLE',
      'CATALOGUE_UNAVAILABLE',
      'URL_REFUSED',
      'URL_UNREACHABLE',
      'QUOTA_EXCEEDED',
      'BROKER_UNAVAILABLE',
      'SHUTTING_DOWN',
    ],
  }),
  listMosaicCollections: route({
    method: 'get',
    path: '/api/v1/mosaics/collections',
    tag: 'Products',
    summary: 'Collections of scenes that mosaics can be made of',
    description: 'What the catalogues of this site offer, and which of them do not answer now.',
    guards: [],
    answer: {
      kind: 'json',
      status: 200,
      schema: mosaicCollectionListSchema,
      description: 'The collections of all catalogues.',
    },
    errors: [],
  }),
};
