import type {
  MosaicCollectionList,
  MosaicCreated,
  mosaicCollectionListSchema,
  mosaicCreatedSchema,
} from '@tessera/contracts';
import { jsonBody, request } from './request.ts';

/** Collections of scenes that mosaics can be made of. */
export async function listMosaicCollections(signal: AbortSignal): Promise<MosaicCollectionList> {
  return request<typeof mosaicCollectionListSchema>('/mosaics/collections', { signal });
}

/** Starts the job of a mosaic. `body` has the shape of `mosaicRequestSchema`'s input. */
export async function createMosaic(body: unknown): Promise<MosaicCreated> {
  return request<typeof mosaicCreatedSchema>('/mosaics', jsonBody(body));
}
